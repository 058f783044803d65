/** A worker that cannot go on says why, one JSON object a line, and never what a database said. */

import { randomUUID } from 'node:crypto'
import { expect, inject, it } from 'vitest'
import { NEWEST_ENGINE } from '../../cases/engines.ts'
import { newCaseInput } from '../../activities/case-input.ts'
import { openCaseRow } from '../../database/ledger.ts'
import { lineOf } from '../../worker/engine-log.ts'
import { caseWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts'
import { run } from '../cli/started.ts'
import { startInstallation } from '../installation.ts'
import { environmentOf } from '../workflows/worker-process.ts'

it('names the case, the reason and the place, when it is too old for a case', async () => {
  const here = await startInstallation(inject('postgres'))
  const told = await environmentOf(here)
  const worker = run(['worker'], told.env)
  try {
    await worker.says('"working"')
    const caseId = randomUUID()
    const tools = { sql: here.db.sql, ring: here.db.ring, temporal: here.temporal }
    await openCaseRow(here.db.sql, here.db.ring, { caseId, number: '26-0000-001', subject: 'case', arrival: null })
    const args = [{ ...(await newCaseInput(tools, caseId)), engine: 99 }]
    const workflowId = caseWorkflowId(caseId)
    await here.temporal.workflow.start('caseWorkflow', { workflowId, taskQueue: TASK_QUEUE, args })
    await worker.says('the case asks for 99')
    await worker.says('"target"')
    const lines = worker.said().trim().split('\n')
    const found = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(found.find((line) => line['workflow'] === workflowId)).toMatchObject({
      level: 40,
      error: 'Error',
      why: `This worker knows engine ${NEWEST_ENGINE}; the case asks for 99`,
      at: expect.stringMatching(/^workflows\/case\.ts:\d+$/) as string,
    })
  } finally {
    worker.child.kill('SIGKILL')
    await told.end()
    await here.end()
  }
})

it('tells the kind, the code and the place of an error in an activity, and not what it says', () => {
  const error = Object.assign(new Error('invalid input syntax for type date: "Awa Diarra"'), { code: '22007' })
  error.name = 'PostgresError'
  const line = lineOf({ workflowId: 'case-1', activityType: 'recordCaseEvents', error, failure: 'Awa Diarra' })
  expect(line).toMatchObject({
    workflow: 'case-1',
    activity: 'recordCaseEvents',
    error: 'PostgresError',
    code: '22007',
  })
  expect(JSON.stringify(line)).not.toContain('Awa')
})
