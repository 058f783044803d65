/** One act over many cases: it stops when it is cancelled, and never takes a case whose workflow is gone for done. */

import { CancelledFailure } from '@temporalio/common'
import { MockActivityEnvironment } from '@temporalio/testing'
import { DefaultLogger } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { CaseWithoutWorkflow, eachOf } from '../../activities/each-of.ts'
import { moveWork } from '../../activities/move-work.ts'
import { addHandover, countOf, handoverById, portionsOf } from '../../database/queries/handovers.ts'
import { caseWorkflowId } from '../../workflows/messages.ts'
import { reviveOn } from '../cli/revive/reviving.ts'
import { until } from '../cli/started.ts'
import { startInstallation, type TestInstallation } from '../installation.ts'
import { action, open, type Opened, send } from './acting.ts'

const quietly = (): MockActivityEnvironment =>
  new MockActivityEnvironment(undefined, { logger: new DefaultLogger('ERROR') })
const CHIEF = [{ role: 'supervisor', place: 'ml-bamako' }]

describe('an act for each of many cases', () => {
  const numbers = Array.from({ length: 30 }, (_, index) => index)
  const run = (limit: number, one: (each: number) => Promise<void>): Promise<void> =>
    quietly().run(() => eachOf(numbers, limit, one))

  it('takes nothing more up once it is cancelled, and has nothing in hand when it says so', async () => {
    const activity = quietly()
    const begun: number[] = []
    const ended: number[] = []
    const done = activity.run(() =>
      eachOf(numbers, 30, async (each) => {
        begun.push(each)
        if (each === 7) activity.cancel('CANCELLED')
        await Promise.resolve()
        ended.push(each)
      }),
    )
    await expect(done).rejects.toBeInstanceOf(CancelledFailure)
    expect(begun.length).toBeLessThan(14)
    expect(ended).toEqual(begun)
  })

  it('passes over cases without a workflow and reaches the others', async () => {
    const reached: number[] = []
    await run(5, (each) => {
      if (each < 20) return Promise.reject(new CaseWithoutWorkflow())
      reached.push(each)
      return Promise.resolve()
    })
    expect(reached).toEqual([20, 21, 22, 23, 24])
  })

  it('fails, to be tried again, when only such are left, and as it is when one fails otherwise', async () => {
    const gone = run(5, () => Promise.reject(new CaseWithoutWorkflow()))
    await expect(gone).rejects.toMatchObject({ type: 'case_without_workflow', nonRetryable: false })
    await expect(run(5, () => Promise.reject(new Error('down')))).rejects.toThrow('down')
  })
})

describe('a handover with a case whose workflow is gone', () => {
  let here: TestInstallation
  let cases: Opened[]
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    here = await startInstallation(inject('postgres'))
    await here.work()
    for (const row of await here.db.sql`select id, login from users`) ids[row['login']] = row['id']
    cases = [await open(here), await open(here)]
    const to = String(ids['hawa.maiga'])
    for (const one of cases) await send(here, one, action({ act: 'change_case_manager', to, reason: null }, CHIEF))
    await here.temporal.workflow.getHandle(caseWorkflowId(cases[0]!.caseId)).terminate('lost')
  })
  afterAll(() => here.end())

  const managers = async (): Promise<unknown[]> => {
    const rows = await here.db.sql`select case_id, case_manager from cases`
    return cases.map(({ caseId }) => rows.find((row) => row['caseId'] === caseId)?.['caseManager'])
  }

  it('moves the other, is not done, and moves the one too once it is revived', async () => {
    const [from, to] = [String(ids['hawa.maiga']), String(ids['mamadou.bagayoko'])]
    const today = new Date().toISOString().slice(0, 10)
    const given = (await portionsOf(here.db.sql, [from])).map(({ caseId }) => ({ caseId, from, to }))
    const plan = { people: [from], successors: [to], places: ['ml-bamako'], starts: today, until: null }
    const by = { user: to, holds: CHIEF }
    const asked = { id: 'h', digest: 'h', because: 'departure' as const, ...plan, by, asked: new Date() }
    await addHandover(here.db.sql, asked, given)
    const move = (): Promise<{ left: number }> =>
      quietly().run(() =>
        moveWork({ sql: here.db.sql, ring: here.db.ring, temporal: here.temporal })({
          handover: 'h',
          way: 'over',
          limit: 20,
        }),
      )
    expect(await move()).toEqual({ left: 1 })
    expect(await managers()).toEqual([from, to])
    await expect(move()).rejects.toMatchObject({ type: 'case_without_workflow' })
    expect(await countOf(here.db.sql, 'h')).toMatchObject({ planned: 1, refused: 0 })
    expect((await handoverById(here.db.sql, 'h'))?.moved).toBeNull()

    const { said } = await reviveOn(here, here.temporal)
    expect(said).toMatch(/1 handovers go on/)
    await until(async () => (await handoverById(here.db.sql, 'h'))?.finished !== null)
    expect(await managers()).toEqual([to, to])
  })
})
