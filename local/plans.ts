/** How each process of ours is run in a training installation, and how it is known to be ready. */

import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ChildPlan } from './children.ts'
import { type DataFolder, listens, type Remembered } from './data-folder.ts'

const MAIN = resolve(import.meta.dirname, '../cli/main.ts')
const node = (command: string): Pick<ChildPlan, 'command' | 'args'> => ({
  command: process.execPath,
  args: ['--import', import.meta.resolve('tsx'), MAIN, command],
})

export function mailPlan(folder: DataFolder, { ports }: Remembered): ChildPlan {
  return {
    name: 'mail',
    ...node('mail'),
    env: {
      SEGIN_MAIL_FOLDER: folder.in('mail'),
      SEGIN_MAIL_SMTP_PORT: String(ports.smtp),
      SEGIN_MAIL_HTTP_PORT: String(ports.mail),
    },
    ready: () => listens(ports.mail),
    patienceMs: 20_000,
  }
}

/** What API and worker are told of the installation. */
export interface Surroundings {
  folder: DataFolder
  state: Remembered
  databaseUrl: string
  engine: string
}

export function workerPlan(around: Surroundings): ChildPlan {
  const alive = around.folder.in('log', 'worker.alive')
  const began = Date.now()
  return {
    name: 'worker',
    ...node('worker'),
    env: { ...environment(around), SEGIN_ALIVE_FILE: alive, SEGIN_CACHE: around.folder.in('cache') },
    ready: async () => (await stat(alive)).mtimeMs >= began,
    patienceMs: 60_000,
    works: true,
  }
}

export function apiPlan(around: Surroundings): ChildPlan {
  return {
    name: 'api',
    ...node('api'),
    env: { ...environment(around), SEGIN_METRICS_PORT: String(around.state.ports.metrics) },
    ready: async () => (await fetch(`http://127.0.0.1:${around.state.ports.api}/api/v1/health`)).status < 500,
    patienceMs: 60_000,
    works: true,
  }
}

/** The settings of a process of this installation. */
export function environment({ folder, state: { ports }, databaseUrl, engine }: Surroundings): Record<string, string> {
  return {
    SEGIN_DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: engine,
    SEGIN_KEYS: folder.in('keys'),
    SEGIN_DATA: folder.path,
    SEGIN_PORT: String(ports.api),
    SEGIN_URL: `http://127.0.0.1:${ports.api}`,
    SEGIN_SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
  }
}
