/** A case in the record as its workflow would have written it, without any engine: cheap enough for thousands. */

import { randomUUID } from 'node:crypto'
import { newCaseInput } from '../activities/case-input.ts'
import { lookUpProcedures } from '../activities/look-up-procedures.ts'
import type { Tools } from '../activities/tools.ts'
import { chainHash, commitmentOf, FIRST_HASH } from '../cases/chain.ts'
import { outboxOf } from '../cases/outbox.ts'
import { changesBetween, overviewOf } from '../cases/overview.ts'
import { openCaseRow, recordBatch } from '../database/ledger.ts'
import { LiveCase } from '../workflows/live-case.ts'
import { AGENT, action, type Opened } from './workflows/acting.ts'

export async function recordedCase(tools: Tools, now = Date.now()): Promise<Opened> {
  const caseId = randomUUID()
  const number = `r-${caseId.slice(0, 8)}`
  await openCaseRow(tools.sql, tools.ring, { caseId, number, subject: 'case', arrival: null })
  const input = await newCaseInput(tools, caseId)
  let hash = FIRST_HASH
  const entries: Parameters<typeof recordBatch>[2]['entries'] = []
  const outbox: Parameters<typeof recordBatch>[2]['outbox'] = []
  const live = new LiveCase(input, lookUpProcedures(tools), (state, added) => {
    for (const entry of added) {
      const commitment = commitmentOf(input.commitmentKey, entry)
      hash = chainHash(hash, entry.seq, commitment)
      entries.push({ entry, compartment: 'general', commitment, hash })
    }
    outbox.push(...outboxOf(state, added))
  })
  const answers = { arrived_on: new Date(now).toISOString().slice(0, 10), centre: 'senou' }
  const opening = { act: 'open_case', subject: 'case', number, procedure: 'ml-reception', place: 'senou' } as const
  await live.perform(action({ ...opening, answers, personal: { name: 'digest' }, absent: {} }, AGENT, now))
  await recordBatch(tools.sql, tools.ring, {
    caseId,
    incarnation: 1,
    expects: { seq: 0, hash: FIRST_HASH },
    entries,
    overview: { ...changesBetween(null, overviewOf(live.state, { settings: live.settings })), whole: true },
    outbox,
    receipts: [],
  })
  return { caseId, number }
}
