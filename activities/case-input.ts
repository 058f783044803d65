import { commitmentKeyOf } from '../database/case-keys.ts'
import { FIRST_HASH } from '../cases/chain.ts'
import { readInstallation } from '../database/queries/installation.ts'
import { newestSettings } from '../database/queries/settings.ts'
import type { CaseInput } from '../workflows/messages.ts'
import type { Tools } from './tools.ts'

const SPREAD_MS = 600_000

/** The input of a case that was never opened. */
export async function newCaseInput({ sql, ring }: Tools, caseId: string): Promise<CaseInput> {
  const [settings, installation] = await Promise.all([newestSettings(sql), readInstallation(sql)])
  if (!settings || !installation) throw new Error('the installation has no settings yet')
  return {
    caseId,
    engine: installation.engine,
    incarnation: 1,
    commitmentKey: await commitmentKeyOf(sql, ring, caseId),
    settings,
    state: null,
    head: { seq: 0, hash: FIRST_HASH },
    shelf: {},
    spreadMs: installation.kind === 'service' ? SPREAD_MS : 0,
  }
}
