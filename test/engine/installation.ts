/** A whole installation without a server of the engine: database, procedures of Mali, example staff, workflows in this process. */

import type { TestInstallation } from '../installation.ts'
import { staffedDatabase } from '../templates.ts'
import { engineOn } from './index.ts'

/** What tests ask of an installation, whatever its engine. */
export type Installed = Pick<TestInstallation, 'db' | 'temporal' | 'country' | 'signIns' | 'work' | 'end'>

export async function installInProcess(server: string): Promise<Installed> {
  const { db, country, signIns } = await staffedDatabase(server)
  const engine = await engineOn(db)
  return {
    db,
    temporal: engine.temporal,
    country,
    signIns,
    // Nobody has to start it, and nobody can stop it.
    work: () => Promise.resolve(() => Promise.resolve()),
    async end() {
      await engine.rest()
      await db.drop()
    },
  }
}
