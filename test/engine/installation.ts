/** A whole installation without a server of the engine: database, procedures of Mali, example staff, workflows in this process. */

import { resolve } from 'node:path'
import { countryOf, firstRun, publish } from '../../cli/start/first-run.ts'
import type { TestInstallation } from '../installation.ts'
import { freshDatabase } from '../postgres.ts'
import { engineOn } from './index.ts'

const FOLDER = resolve(import.meta.dirname, '../../procedures/ml')

/** What tests ask of an installation, whatever its engine. */
export type Installed = Pick<TestInstallation, 'db' | 'temporal' | 'country' | 'signIns' | 'work' | 'end'>

export async function installInProcess(server: string): Promise<Installed> {
  const [db, country] = await Promise.all([freshDatabase(server), countryOf(FOLDER)])
  await publish(db.sql, country)
  const signIns = await firstRun(db.sql, FOLDER, country)
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
