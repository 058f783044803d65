/** The worker's own process: workflows, activities, and the relay that sends mail. */

import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { NativeConnection, Runtime } from '@temporalio/worker'
import { engineLogger } from '../worker/engine-log.ts'
import { bundleWorkflows, createWorker } from '../worker/host.ts'
import { startRelay } from '../worker/relay/index.ts'
import { runUntilStopped } from '../worker/run.ts'
import { watchStaffing } from '../worker/staffing.ts'
import { startSweeper } from '../worker/sweeper.ts'
import { endInTime, stand } from './process.ts'
import { untilStopped } from './until-stopped.ts'
import { countryInWords } from './country-in-words.ts'
import { watchUnfinished } from './unfinished.ts'

const LIFE_MS = 5_000

export async function runWorker(): Promise<number> {
  const standing = await stand('worker')
  const { settings, sql, ring, codecRing, temporal, log, close } = standing
  Runtime.install({
    logger: engineLogger(log),
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: 'WARN', forward: {} } },
  })
  const [connection, workflowBundle, country] = await Promise.all([
    NativeConnection.connect({ address: settings.TEMPORAL_ADDRESS }),
    bundleWorkflows(settings.SEGIN_CACHE),
    countryInWords(sql, settings.SEGIN_COUNTRY),
  ])
  const worker = await createWorker({
    connection,
    namespace: settings.TEMPORAL_NAMESPACE,
    workflowBundle,
    tools: { sql, ring, temporal },
    codecRing,
    identity: `${process.pid}@${hostname()}`,
  })
  const relay = startRelay({
    sql,
    smtpUrl: settings.SEGIN_SMTP_URL,
    from: settings.SEGIN_MAIL_FROM,
    signInUrl: settings.SEGIN_URL,
    country,
    log,
  })
  const stopSweeping = startSweeper({ sql, temporal }, log)
  const stopWatching = watchStaffing(sql, log)
  const stopResuming = watchUnfinished(standing, log)
  const running = runUntilStopped(worker)
  log.info('working')
  const { SEGIN_ALIVE_FILE: file } = settings
  const alive = file === undefined ? null : showLife(file, () => worker.getState() === 'RUNNING')
  // A worker that fails ends the process: whoever watches over it starts another.
  await Promise.race([untilStopped(), running])
  endInTime(log)
  log.info('stopping')
  if (alive) clearInterval(alive)
  if (worker.getState() === 'RUNNING') worker.shutdown()
  stopSweeping()
  stopWatching()
  stopResuming()
  await Promise.all([running, relay.stop()])
  await connection.close()
  await close()
  return 0
}

function showLife(file: string, works: () => boolean): NodeJS.Timeout {
  const touch = (): void => {
    if (works()) writeFileSync(file, `${new Date().toISOString()}\n`)
  }
  touch()
  return setInterval(touch, LIFE_MS)
}
