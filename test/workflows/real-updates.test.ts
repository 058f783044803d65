import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { WorkflowUpdateFailedError } from '@temporalio/client'
import type { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { fold } from '../../cases/evolve/index.ts'
import { firstBrokenLink } from '../../database/ledger.ts'
import { caseStateQuery, caseWorkflowId } from '../../workflows/messages.ts'
import { startInstallation, type TestInstallation } from '../installation.ts'
import { action, AGENT, complete, entriesOf, itemOf, note, open, send, timesRecorded } from './acting.ts'
import { PATIENCE_MS } from '../patience.ts'

let here: TestInstallation
beforeAll(async () => {
  here = await startInstallation(inject('postgres'))
  await here.work()
})
afterAll(() => here.end())

const failureOf = async (promise: Promise<unknown>): Promise<ApplicationFailure> => {
  const error: unknown = await promise.then(
    () => null,
    (one: unknown) => one,
  )
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError)
  return (error as WorkflowUpdateFailedError).cause as ApplicationFailure
}

describe('an update', () => {
  it('is in the ledger before it is answered, once, however often it is sent', async () => {
    const one = await open(here)
    const asked = note()
    const answers = await Promise.all([send(here, one, asked), send(here, one, asked)])
    expect(answers[0]).toMatchObject({ fromSeq: answers[1]?.fromSeq, toSeq: answers[1]?.toSeq })
    expect(await timesRecorded(here, one, asked)).toBe(1)
  })

  it('is refused with its reason and leaves nothing behind', async () => {
    const one = await open(here)
    const before = (await entriesOf(here, one)).length
    const asked = action(
      {
        act: 'extend_clock',
        clock: `${await itemOf(here, one, 'triage')}.due`,
        by: { n: 1, unit: 'days' },
        reason: 'd',
      },
      AGENT,
    )
    const failure = await failureOf(send(here, one, asked))
    expect(failure.type).toBe('refused')
    expect(failure.details?.[0]).toMatchObject({ code: 'limit_reached' })
    expect(await entriesOf(here, one)).toHaveLength(before)
  })

  it('is refused when nobody waits for it any more', async () => {
    const one = await open(here)
    expect((await failureOf(send(here, one, { ...note(), notAfter: Date.now() - 1 }))).type).toBe('too_late')
  })

  it('lets only one of two people end a step, and tells the other', async () => {
    const one = await open(here)
    const item = await itemOf(here, one, 'triage')
    const act = complete(item, 'ours', { priority: firstPriority() })
    const results = await Promise.allSettled([send(here, one, action(act, AGENT)), send(here, one, action(act, AGENT))])
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const ended = (await entriesOf(here, one)).filter(({ event }) => event.kind === 'step_ended' && event.item === item)
    expect(ended).toHaveLength(1)
  })
})

const firstPriority = (): string => Object.keys(here.country.lists['priority_group'] ?? { none: 1 })[0] ?? 'none'

describe('an eleventh act in flight for one case', () => {
  it('is told so at once, and is not tried again behind the back of whoever waits', async () => {
    const start = { workflowId: `case-${randomUUID()}`, taskQueue: 'nobody', args: [{}] }
    const handle = await here.temporal.workflow.start('caseWorkflow', start)
    const eleven = Array.from({ length: 11 }, () =>
      handle.executeUpdate('act', { args: [note()] }).catch((error: unknown) => error),
    )
    expect(await Promise.race([...eleven, pause(20_000)])).toMatchObject({ cause: { code: 8 } })
    await handle.terminate()
    await Promise.all(eleven)
  })
})

describe('continue-as-new', () => {
  it('happens at rest, keeps every action once, and still knows a repeated one from one with other content', async () => {
    const one = await open(here, { maxHistory: 60 })
    const handle = here.temporal.workflow.getHandle(caseWorkflowId(one.caseId))
    const first = (await handle.describe()).runId
    const asked = Array.from({ length: 12 }, () => note())
    for (const each of asked) await send(here, one, each)
    await expect.poll(async () => (await handle.describe()).runId, { timeout: PATIENCE_MS }).not.toBe(first)
    const again = await send(here, one, asked[0]!)
    expect(again.replayed).toBe(true)
    const reused = await failureOf(send(here, one, { ...asked[1]!, digest: 'other content' }))
    expect(reused.details?.[0]).toEqual({ code: 'key_reused' })
    for (const each of asked) expect(await timesRecorded(here, one, each)).toBe(1)
    expect(await firstBrokenLink(here.db.sql, one.caseId)).toBeNull()
    const live = await handle.query(caseStateQuery)
    expect(fold(one.caseId, await entriesOf(here, one))).toEqual(live.state)
  })
})

describe('the budget of events', () => {
  it('is at most eleven for a completed step', async () => {
    const one = await open(here)
    const handle = here.temporal.workflow.getHandle(caseWorkflowId(one.caseId))
    await send(here, one, note())
    const before = (await handle.describe()).historyLength
    for (let n = 0; n < 5; n += 1) await send(here, one, note())
    const after = (await handle.describe()).historyLength
    expect((after - before) / 5).toBeLessThanOrEqual(11)
  })
})
