/**
 * Time's own entries are recorded within the workflow's task, so the ledger may run ahead of a task that is lost. What
 * the next try decides begins with the same entries, whatever came in between.
 */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { RecordBatch } from '../../cases/batch.ts'
import { FIRST_HASH } from '../../cases/chain.ts'
import { fold } from '../../cases/evolve/index.ts'
import { overviewOf } from '../../cases/overview.ts'
import type { CaseState } from '../../cases/state.ts'
import { commitmentKeyOf } from '../../database/case-keys.ts'
import { firstBrokenLink, loadLedger, openCaseRow, recordBatch } from '../../database/ledger.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { CaseInput } from '../../workflows/messages.ts'
import { procedure, SETTINGS, SUSPENSION, task, WHAT_NEXT, within } from '../cases/build.ts'
import { hold, START } from '../cases/life.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { action } from './acting.ts'
import { type Activities, sandbox, VirtualRun } from './virtual-time.ts'

const lapses = { at: within(8, 'working_days'), outcome: 'silent', basis: 'assumption' }
const steps = [
  task('ask', { due: within(3, 'working_days'), lapses, outcomes: { done: {}, silent: { byHand: false } } }),
  task('visit', { after: ['ask=silent'] }),
  task('plan', { due: within(20, 'working_days') }),
]
const PROCEDURES = [procedure('t-a', steps), WHAT_NEXT, SUSPENSION]
const DAY_MS = 86_400_000
let db: TestDatabase
let creator: Awaited<ReturnType<typeof sandbox>>
beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
  creator = await sandbox(activities)
})
afterAll(() => db.drop())

const activities: Activities = {
  recordCaseEvents: (batch: RecordBatch) => recordBatch(db.sql, db.ring, batch),
  lookUpProcedures: (ids: string[]): CompiledProcedure[] => PROCEDURES.filter((one) => ids.includes(one.id)),
  openCases: () => undefined,
}
const ending = (caseState: CaseState, step: string, now: number) => {
  const [run = ''] = Object.keys(caseState.runs)
  const none = { answers: {}, personal: {}, absent: {}, evidence: {} }
  const act = {
    act: 'complete_step',
    step: `${run}.${step}.1`,
    basis: null,
    onBehalfOf: null,
    outcome: 'done',
    ...none,
  }
  return action(act as never, hold('case_manager'), now)
}

/** A case as the workflow last knew it for certain, and what its run would begin from. */
async function certain(): Promise<{ input: CaseInput; state: CaseState }> {
  const caseId = randomUUID()
  const number = caseId.slice(0, 11)
  await openCaseRow(db.sql, db.ring, { caseId, number, subject: 'case', arrival: null })
  const commitmentKey = await commitmentKeyOf(db.sql, db.ring, caseId)
  const base = { caseId, engine: 1, incarnation: 1, commitmentKey, settings: SETTINGS, spreadMs: 0 }
  const first = { ...base, state: null, head: { seq: 0, hash: FIRST_HASH }, shelf: {} }
  const run = await VirtualRun.start(creator, activities, first, START)
  const answers = { home: 'ml-kayes' }
  const opening = { act: 'open_case', subject: 'case', number, procedure: 't-a', place: 'ml-kayes', answers }
  await run.update('act', action({ ...opening, personal: {}, absent: {} } as never, hold('case_manager'), START))
  await run.end()
  const ledger = await loadLedger(db.sql, db.ring, caseId)
  const state = fold(caseId, ledger?.entries ?? [])
  const shelf = Object.fromEntries(PROCEDURES.map((one) => [one.hash, one]))
  return { input: { ...base, state, head: ledger?.head ?? first.head, shelf }, state }
}

/** The ledger is whole, and the rows of the case are those of its last state. */
async function agrees(caseId: string): Promise<CaseState> {
  const ledger = await loadLedger(db.sql, db.ring, caseId)
  const state = fold(caseId, ledger?.entries ?? [])
  expect(await firstBrokenLink(db.sql, caseId)).toBeNull()
  const rows =
    await db.sql`select item, state, breached, fired, due from open_steps where case_id = ${caseId} order by item`
  const shown = Object.values(overviewOf(state, { settings: SETTINGS }).steps)
  expect(rows.map((row) => [row['item'], row['state'], row['breached'], row['fired'], Number(row['due'])])).toEqual(
    shown
      .toSorted((a, b) => (a.item < b.item ? -1 : 1))
      .map((row) => [row.item, row.state, row.breached, row.fired, row.dueAt]),
  )
  const [row] = await db.sql`select stopped from cases where case_id = ${caseId}`
  expect(row?.['stopped']).toBeNull()
  const keys = await db.sql`select key, item, rung from outbox where case_id = ${caseId} and rung is not null`
  expect(new Set(keys.map((one) => `${one['item']}/${one['rung']}`)).size).toBe(keys.length)
  return state
}

describe('a task that was lost after time had been recorded', () => {
  it.each([
    ['time alone', 30, null],
    ['the act of somebody that came first the second time', 20, 'plan'],
    ['a late act on what the lost try had found overdue', 9, 'ask'],
  ])('leaves nothing twice and nothing wrong when it is followed by %s', async (_what, days, acted) => {
    const { input, state } = await certain()
    const lost = await VirtualRun.start(creator, activities, input, START)
    await lost.passTo(START + 8 * DAY_MS)
    await lost.end()
    const before = await loadLedger(db.sql, db.ring, input.caseId)
    expect(before?.head.seq).toBeGreaterThan(input.head.seq)

    const now = START + days * DAY_MS
    const again = await VirtualRun.start(creator, activities, input, acted === null ? START : now)
    if (acted === null) await again.passTo(now)
    else {
      const answer = await again.update('act', ending(state, acted, now))
      expect(answer).toMatchObject({ kind: 'completed' })
    }
    await again.end()
    const after = await loadLedger(db.sql, db.ring, input.caseId)
    expect(after?.entries.slice(0, before?.entries.length)).toEqual(before?.entries)
    const end = await agrees(input.caseId)
    if (acted !== null) expect(Object.values(end.runs)[0]?.steps[acted]?.status).toBe('done')
  })
})
