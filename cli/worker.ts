/** The worker's own process: workflows, activities, and the relay that sends mail. */

import { hostname } from 'node:os'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { bundleWorkflows, createWorker } from '../worker/host.ts'
import { startRelay } from '../worker/relay/index.ts'
import { stand, untilStopped } from './process.ts'
import { countryOf } from './start/first-run.ts'

export async function runWorker(): Promise<number> {
  const { settings, sql, ring, codecRing, temporal, log, close } = await stand('worker')
  Runtime.install({
    logger: new DefaultLogger('WARN'),
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: 'WARN', console: {} } },
  })
  const [connection, workflowBundle, country] = await Promise.all([
    NativeConnection.connect({ address: settings.TEMPORAL_ADDRESS }),
    bundleWorkflows(),
    countryOf(settings.SEGIN_COUNTRY),
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
  const running = worker.run()
  log.info('working')
  await untilStopped()
  worker.shutdown()
  await running
  await relay.stop()
  await connection.close()
  await close()
  return 0
}
