/** A step of ours over HTTP beside the smallest Temporal step, alternating in one run. */

import { cpus } from 'node:os'
import { Client, Connection } from '@temporalio/client'
import { connect } from '../../database/connect.ts'
import { caseWorkflowId } from '../../workflows/messages.ts'
import { startInstallation } from '../../test/installation.ts'
import { startPostgres } from '../../test/postgres.ts'
import { ms, ratio, spread, throughput, timed } from './figures.ts'
import { startOurs } from './ours.ts'
import { startRaw } from './raw/worker.ts'

const ROUNDS = 150
const CLIENTS = 64
const SECONDS = 10
const say = (line: string): void => console.log(line)
const row = (what: string, ours: string, raw: string, share: string, bar: string): void =>
  say(`${what.padEnd(42)}${ours.padStart(12)}${raw.padStart(12)}${share.padStart(8)}   ${bar}`)

const server = await startPostgres()
const here = await startInstallation(server.url)
const stopWork = await here.work()
const owner = connect(here.db.url, { as: 'owner' })
const plain = new Client({ connection: await Connection.connect({ address: here.engine.address }) })
const raw = await startRaw(here.engine.address, plain, owner)
const ours = await startOurs(here)
try {
  say(`${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, everything on one machine, Node ${process.version}\n`)
  row('', 'ours', 'raw', 'ratio', 'bar')
  await oneClient()
  await manyClients()
} finally {
  await ours.end()
  await raw.end()
  await plain.connection.close()
  await owner.end()
  await stopWork()
  await here.end()
  await server.end()
}

async function oneClient(): Promise<void> {
  const [a, b] = [await ours.open(), await raw.open()]
  for (let warm = 0; warm < 20; warm += 1) await Promise.all([a.step(), b()])
  const times = { ours: [] as number[], raw: [] as number[], screen: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    times.ours.push(await timed(() => a.step()))
    times.raw.push(await timed(b))
    times.screen.push(await timed(() => a.screen()))
  }
  const [our, their, screen] = [spread(times.ours), spread(times.raw), spread(times.screen)]
  row('step over HTTP, recorded: p50', ms(our.p50), ms(their.p50), ratio(our.p50, their.p50), '≤ 1.25')
  row('step over HTTP, recorded: p95', ms(our.p95), ms(their.p95), ratio(our.p95, their.p95), '≤ 1.25')
  row('work item with form: p50', ms(screen.p50), '', '', '< 15 ms')
  row('work item with form: p95', ms(screen.p95), '', '', '< 30 ms')
  const [{ caseId } = { caseId: '' }] = await here.db.sql`select case_id from cases where number = ${a.number}`
  const about = await here.temporal.workflow.getHandle(caseWorkflowId(String(caseId))).describe()
  say(`\nhistory of the current run: ${about.historyLength} events\n`)
}

async function manyClients(): Promise<void> {
  const cases = await Promise.all(Array.from({ length: CLIENTS }, () => ours.open()))
  const raws = await Promise.all(Array.from({ length: CLIENTS }, () => raw.open()))
  const our = await throughput(
    cases.map((one) => () => one.step()),
    SECONDS,
  )
  const their = await throughput(raws, SECONDS)
  row(
    `steps a second, ${CLIENTS} clients`,
    our.perSecond.toFixed(1),
    their.perSecond.toFixed(1),
    ratio(our.perSecond, their.perSecond),
    '≥ 0.8',
  )
  row(
    `step, ${CLIENTS} clients: p95`,
    ms(our.times.p95),
    ms(their.times.p95),
    ratio(our.times.p95, their.times.p95),
    '',
  )
  const screens = await throughput(
    cases.map((one) => () => one.screen()),
    5,
  )
  row(`work item with form, ${CLIENTS} clients: p95`, ms(screens.times.p95), '', '', '< 150 ms')
}
