/** Acting on cases through the engine itself, as the API does, for tests of the shell. */

import { randomUUID } from 'node:crypto'
import { type Client, WithStartWorkflowOperation } from '@temporalio/client'
import { newCaseInput } from '../../activities/case-input.ts'
import type { Act, Action, Holding } from '../../cases/actions.ts'
import type { Entry } from '../../cases/events.ts'
import { loadLedger, openCaseRow } from '../../database/ledger.ts'
import type { TestDatabase } from '../postgres.ts'
import { type ActAnswer, actUpdate, type CaseInput, caseWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts'

export interface Engine {
  db: TestDatabase
  temporal: Client
}
export const AGENT: Holding[] = [{ role: 'registration_agent', place: 'senou' }]
/** Instead of something personal, as the API would send it. */
export const DIGEST = 'd'.repeat(32)
export const HEAD: Holding[] = [{ role: 'centre_head', place: 'senou' }]

export function action(act: Act, holds: Holding[], now = Date.now(), more: Partial<Action> = {}): Action {
  const id = randomUUID()
  const by = { kind: 'user' as const, user: `usr-${holds[0]?.role ?? 'nobody'}`, holds }
  return { id, digest: id, by, via: 'app', happened: now, received: now, notAfter: now + 60_000, act, ...more }
}

export interface Opened {
  caseId: string
  number: string
}
export async function open(engine: Engine, input: Partial<CaseInput> = {}, now = Date.now()): Promise<Opened> {
  return openIn(engine, await newRow(engine), input, now)
}
/** The row and the keys of a case that nothing was recorded in. */
export async function newRow({ db }: Engine): Promise<Opened> {
  const caseId = randomUUID()
  const number = `t-${caseId.slice(0, 8)}`
  await openCaseRow(db.sql, db.ring, { caseId, number, subject: 'case', arrival: null })
  return { caseId, number }
}
export async function openIn(
  engine: Engine,
  { caseId, number }: Opened,
  input: Partial<CaseInput> = {},
  now = Date.now(),
): Promise<Opened> {
  const base = await newCaseInput({ sql: engine.db.sql, ring: engine.db.ring, temporal: engine.temporal }, caseId)
  const opening = action(
    {
      act: 'open_case',
      subject: 'case',
      number,
      procedure: 'ml-reception',
      place: 'senou',
      answers: { arrived_on: new Date(now).toISOString().slice(0, 10), centre: 'senou' },
      personal: { name: DIGEST },
      absent: {},
    },
    AGENT,
    now,
  )
  await engine.temporal.workflow.executeUpdateWithStart(actUpdate, {
    updateId: opening.id,
    args: [opening],
    startWorkflowOperation: new WithStartWorkflowOperation('caseWorkflow', {
      workflowId: caseWorkflowId(caseId),
      taskQueue: TASK_QUEUE,
      args: [{ ...base, ...input }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    }),
  })
  return { caseId, number }
}

export function send(engine: Engine, { caseId }: Opened, asked: Action): Promise<ActAnswer> {
  const handle = engine.temporal.workflow.getHandle(caseWorkflowId(caseId))
  return handle.executeUpdate(actUpdate, { updateId: asked.id, args: [asked] })
}

export const note = (now = Date.now()): Action => action({ act: 'add_note', step: null, text: DIGEST }, AGENT, now)

export async function entriesOf({ db }: Engine, { caseId }: Opened): Promise<Entry[]> {
  return (await loadLedger(db.sql, db.ring, caseId))?.entries ?? []
}
/** How often an action stands in the ledger: must be exactly once. */
export async function timesRecorded(engine: Engine, opened: Opened, asked: Action): Promise<number> {
  const entries = await entriesOf(engine, opened)
  return entries.filter((entry) => entry.action === asked.id && entry.event.kind === 'action_taken').length
}

/** The item of an open step, from the overview. */
export async function itemOf({ db }: Engine, { caseId }: Opened, step: string): Promise<string> {
  const [row] = await db.sql`select item from open_steps where case_id = ${caseId} and step = ${step}`
  return String(row?.['item'] ?? '')
}
export const complete = (step: string, outcome: string, answers: Record<string, string | boolean>): Act => ({
  act: 'complete_step',
  step,
  basis: null,
  onBehalfOf: null,
  outcome,
  answers,
  personal: {},
  absent: {},
  evidence: {},
})
