/** `npm run bench -- cold`: the first step after a worker has forgotten everything, beside raw with as many events. */

import { Client, Connection } from '@temporalio/client'
import { connect } from '../../database/connect.ts'
import { caseWorkflowId } from '../../workflows/messages.ts'
import { startInstallation } from '../../test/installation.ts'
import { startPostgres } from '../../test/postgres.ts'
import { ms, ratio, spread, timed } from './figures.ts'
import { startOurs } from './ours.ts'
import { startRaw } from './raw/worker.ts'

const CASES = 60
const STEPS = 8
/** A raw step leaves fewer events behind than one of ours. */
const RAW_STEPS = 10

export async function cold(say: (line: string) => void): Promise<void> {
  const server = await startPostgres()
  const here = await startInstallation(server.url)
  const stopWork = await here.work()
  const owner = connect(here.db.url, { as: 'owner' })
  const plain = new Client({ connection: await Connection.connect({ address: here.engine.address }) })
  let raw = await startRaw(here.engine.address, plain, owner)
  const ours = await startOurs(here)
  try {
    const cases: Awaited<ReturnType<typeof ours.open>>[] = []
    const raws: Awaited<ReturnType<typeof raw.open>>[] = []
    while (cases.length < CASES) {
      const [one, other] = [await ours.open(), await raw.open()]
      for (let n = 0; n < STEPS; n += 1) await one.step()
      for (let n = 0; n < RAW_STEPS; n += 1) await other()
      cases.push(one)
      raws.push(other)
    }
    const [found] = await owner<{ caseId: string }[]>`
      select case_id from cases where number = ${cases[0]?.number ?? ''}`
    const { historyLength } = await here.temporal.workflow.getHandle(caseWorkflowId(String(found?.caseId))).describe()
    const { executions } = await plain.workflowService.listWorkflowExecutions({
      namespace: 'default',
      query: `WorkflowType = 'rawWorkflow'`,
      pageSize: 1,
    })
    const theirs = await plain.workflow.getHandle(executions?.[0]?.execution?.workflowId ?? '').describe()
    say(`${CASES} cases, forgotten: ${historyLength} events ours, ${theirs.historyLength} raw`)
    await stopWork()
    await raw.end()
    await here.work()
    raw = await startRaw(here.engine.address, plain, owner)
    // Both workers are warm, their cases are not.
    const [a, b] = [await ours.open(), await raw.open()]
    for (let n = 0; n < 10; n += 1) await Promise.all([a.step(), b()])
    const times = { ours: [] as number[], raw: [] as number[] }
    for (const [index, one] of cases.entries()) {
      times.ours.push(await timed(() => one.step()))
      const other = raws[index]
      if (other) times.raw.push(await timed(other))
    }
    const [our, their] = [spread(times.ours), spread(times.raw)]
    say(`first step: p50 ${ms(our.p50)} and ${ms(their.p50)}, ratio ${ratio(our.p50, their.p50)} (bar ≤ 1.5)`)
    say(`first step: p95 ${ms(our.p95)} and ${ms(their.p95)}, ratio ${ratio(our.p95, their.p95)} (bar ≤ 1.5)`)
  } finally {
    await ours.end()
    await raw.end()
    await plain.connection.close()
    await owner.end()
    await here.end()
    await server.end()
  }
}
