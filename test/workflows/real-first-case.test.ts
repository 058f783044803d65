import { randomUUID } from 'node:crypto'
import { WithStartWorkflowOperation } from '@temporalio/client'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { newCaseInput } from '../../activities/case-input.ts'
import type { Act, Action, Holding } from '../../cases/actions.ts'
import { fold } from '../../cases/evolve/index.ts'
import { firstBrokenLink, loadLedger, openCaseRow } from '../../database/ledger.ts'
import { actUpdate, caseStateQuery, caseWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts'
import { startInstallation, type TestInstallation } from '../installation.ts'

let here: TestInstallation
beforeAll(async () => {
  here = await startInstallation(inject('postgres'))
  await here.work()
})
afterAll(() => here.end())

const agent: Holding[] = [{ role: 'registration_agent', place: 'senou' }]
function action(act: Act, holds: Holding[]): Action {
  const now = Date.now()
  const id = randomUUID()
  return {
    id,
    digest: id,
    by: { kind: 'user', user: 'usr-1', holds },
    via: 'app',
    happened: now,
    received: now,
    notAfter: now + 60_000,
    act,
  }
}

it('opens a case on the engine, and the ledger has it before the answer', async () => {
  const caseId = randomUUID()
  await openCaseRow(here.db.sql, here.db.ring, { caseId, number: '26-0000-001', subject: 'case', arrival: null })
  const tools = { sql: here.db.sql, ring: here.db.ring, temporal: here.temporal }
  const opening = action(
    {
      act: 'open_case',
      subject: 'case',
      number: '26-0000-001',
      procedure: 'ml-reception',
      place: 'senou',
      answers: { arrived_on: '2026-11-23', centre: 'senou' },
      personal: { name: 'digest' },
      absent: {},
    },
    agent,
  )
  const startWorkflowOperation = new WithStartWorkflowOperation('caseWorkflow', {
    workflowId: caseWorkflowId(caseId),
    taskQueue: TASK_QUEUE,
    args: [await newCaseInput(tools, caseId)],
    workflowIdConflictPolicy: 'USE_EXISTING',
  })
  const answer = await here.temporal.workflow.executeUpdateWithStart(actUpdate, {
    updateId: opening.id,
    args: [opening],
    startWorkflowOperation,
  })
  const ledger = await loadLedger(here.db.sql, here.db.ring, caseId)
  expect(ledger?.head.seq).toBeGreaterThanOrEqual(answer.toSeq)
  expect(await firstBrokenLink(here.db.sql, caseId)).toBeNull()
  const workflow = here.temporal.workflow.getHandle(caseWorkflowId(caseId))
  const live = await workflow.query(caseStateQuery)
  expect(fold(caseId, ledger!.entries)).toEqual(live.state)
  const open = await here.db.sql`select item, roles, due from open_steps where case_id = ${caseId}`
  expect(open.length).toBeGreaterThan(0)
  await expect(workflow.query('__stack_trace'), 'every promise is traced, at every rung').rejects.toThrow()
})
