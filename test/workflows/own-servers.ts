/** Servers that a test file has for itself and may stop and kill, with a worker in another process and open cases. */

import { startInstallation, type TestInstallation } from '../installation.ts'
import { startPostgres, type TestPostgres } from '../postgres.ts'
import { open, type Opened } from './acting.ts'
import { type WorkerProcess, workerProcess } from './worker-process.ts'

export interface OwnServers {
  server: TestPostgres
  here: TestInstallation
  worker: WorkerProcess
  cases: Opened[]
  end(): Promise<void>
}

export async function ownServers(cases: number): Promise<OwnServers> {
  const server = await startPostgres()
  const here = await startInstallation(server.url)
  const worker = await workerProcess(here)
  await worker.start()
  const opened: Opened[] = []
  while (opened.length < cases) opened.push(await open(here))
  return {
    server,
    here,
    worker,
    cases: opened,
    async end() {
      await worker.end()
      await here.end()
      await server.end()
    },
  }
}
