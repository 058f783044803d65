/** The API's own process. */

import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { createApi } from '../api/app.ts'
import { metricsPage } from '../api/health/metrics.ts'
import { RequestFigures } from '../api/health/request-figures.ts'
import { openMetrics } from './metrics-door.ts'
import { endInTime, stand, type Standing } from './process.ts'
import { untilStopped } from './until-stopped.ts'
import { countryInWords } from './country-in-words.ts'

const KEEP_ALIVE_MS = 120_000
/** An act answers within eight seconds, or says where to look. */
const LAST_ANSWERS_MS = 9_000

export async function runApi(): Promise<number> {
  const standing = await stand('api')
  const { settings, installation, sql, ring, temporal, log, close } = standing
  const requests = new RequestFigures()
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const app = createApi({
    sql,
    ring,
    temporal,
    installation: { kind: installation.kind, version },
    country: await countryInWords(sql, settings.SEGIN_COUNTRY),
    log,
    requests,
    realNow: () => Date.now(),
  })
  const server = serve({ fetch: app.fetch, port: settings.SEGIN_PORT, hostname: settings.SEGIN_HOST }) as Server
  // A phone on a bad line keeps its connection between two screens, and may send a photograph for minutes.
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.requestTimeout = 0
  const metrics = await metricsOf(standing, requests)
  log.info({ port: settings.SEGIN_PORT }, 'listening')
  await untilStopped()
  endInTime(log)
  log.info('stopping')
  metrics?.close()
  await closed(server)
  await close()
  return 0
}

async function metricsOf({ settings, sql, temporal, log }: Standing, requests: RequestFigures) {
  const { SEGIN_METRICS_PORT: port, SEGIN_METRICS_HOST: host } = settings
  if (port === undefined) return null
  return openMetrics({ port, host, page: metricsPage({ sql, temporal, requests }), log })
}

/** Ends each connection as soon as it is idle, and the others after a while. */
async function closed(server: Server): Promise<void> {
  const done = new Promise<void>((resolve) => server.close(() => resolve()))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  await Promise.race([done, pause(LAST_ANSWERS_MS, undefined, { ref: false })])
  clearInterval(idle)
  server.closeAllConnections()
}
