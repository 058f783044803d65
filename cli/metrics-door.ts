/** `/metrics` on a door of its own, which the proxy in front of the API never shows. */

import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { Logger } from 'pino'
import { METRICS_TYPE } from '../api/health/metrics-text.ts'
import { ConfigurationWrong } from './configuration.ts'

export interface MetricsDoor {
  port: number
  host: string
  page: () => Promise<string>
  log: Logger
}

/** @throws ConfigurationWrong when the port cannot be had. */
export async function openMetrics({ port, host, page, log }: MetricsDoor): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    page().then(
      (text) => response.writeHead(200, { 'content-type': METRICS_TYPE }).end(text),
      (error: unknown) => {
        log.warn({ kind: error instanceof Error ? error.name : 'unknown' }, 'metrics could not be gathered')
        response.writeHead(503).end()
      },
    )
  })
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch {
    throw new ConfigurationWrong(`SEGIN_METRICS_PORT: nothing can listen on ${host}:${port}`)
  }
  return server
}
