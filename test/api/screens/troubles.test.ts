/** One list says what needs the operator's hand. */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { newCaseInput } from '../../../activities/case-input.ts'
import { openCaseRow } from '../../../database/ledger.ts'
import { figuresOf } from '../../../database/queries/troubles.ts'
import { caseWorkflowId, TASK_QUEUE } from '../../../workflows/messages.ts'
import { until } from '../../cli/started.ts'
import { type RealApi, type Person, startRealApi } from '../installed-api.ts'
import { must, openCase, rows } from './clerk.ts'

let api: RealApi
let desk: Person
beforeAll(async () => {
  // The engine tells of a failing task after two tries instead of five.
  api = await startRealApi(inject('postgres'), ['system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2'])
  await api.here.work()
  desk = await api.person('awa.keita')
})
afterAll(() => api.end())

const kinds = async () => rows(await must(desk.get('/api/v1/troubles')), '/items').map((one) => one['kind'])

it('is empty when all is well, and nobody without a national role reads it', async () => {
  expect(await kinds()).toEqual([])
  const supervisor = await api.person('mariam.doumbia')
  expect((await supervisor.get('/api/v1/troubles')).body['code']).toBe('role_required')
})

it('names a stopped recorder, a sleeping case, parked mail that is not restricted, and a role that nobody holds', async () => {
  const { sql } = api.here.db
  const number = await openCase(await api.person('boubacar.dembele'))
  const [row] = await sql`update cases set stopped = 'gap' where number = ${number} returning case_id`
  await sql`update open_steps set due = now() - interval '11 minutes' where case_id = ${row?.['caseId']}`
  await sql`update outbox set state = 'parked', problem = 'refused_550' where case_id = ${row?.['caseId']}`
  const mail = (key: string, restricted: boolean) =>
    sql`insert into outbox (key, case_id, item, notice, role, due, restricted, state, problem)
      values (${key}, ${row?.['caseId']}, 'r.s.1', 'due', 'supervisor', now(), ${restricted}, 'parked', ${`p-${key}`})`
  await mail('plain', false)
  await mail('hidden', true)
  await sql`insert into staffing_holes (role, place, since) values ('medic', 'ml-kayes', now())`
  const found = await must(desk.get('/api/v1/troubles'))
  expect(await kinds()).toEqual(expect.arrayContaining(['recorder_stopped', 'past_wake', 'mail_parked', 'role_unheld']))
  expect(rows(found, '/items').find((one) => one['kind'] === 'past_wake')?.['case']).toBe(number)
  expect(found.text).toContain('p-plain')
  expect(found.text).not.toContain('p-hidden')
  const figures = await figuresOf(sql, new Date())
  expect(figures).toMatchObject({ stopped: 1, asleep: 1, holes: 1, openCases: 1 })
})

it('names a case on which the engine fails again and again', async () => {
  const { db, temporal } = api.here
  const caseId = randomUUID()
  await openCaseRow(db.sql, db.ring, { caseId, number: '26-0000-001', subject: 'case', arrival: null })
  const input = await newCaseInput({ sql: db.sql, ring: db.ring, temporal }, caseId)
  const args = [{ ...input, engine: 99 }]
  await temporal.workflow.start('caseWorkflow', { workflowId: caseWorkflowId(caseId), taskQueue: TASK_QUEUE, args })
  await until(async () => {
    const found = rows(await must(desk.get('/api/v1/troubles')), '/items')
    return found.some((one) => one['kind'] === 'workflow_fails' && one['case'] === '26-0000-001')
  })
})
