/** How each process of a training installation is run, and how it is known to be ready. */

import { connect as dial } from 'node:net'
import { resolve } from 'node:path'
import type { ChildPlan } from './children.ts'
import type { DataFolder, Remembered } from './data-folder.ts'

const MAIN = resolve(import.meta.dirname, '../main.ts')
const node = (command: string): Pick<ChildPlan, 'command' | 'args'> => ({
  command: process.execPath,
  args: ['--import', import.meta.resolve('tsx'), MAIN, command],
})

export function enginePlan(folder: DataFolder, { ports, wrote }: Remembered, binary: string): ChildPlan {
  const journal = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL']
  // A dev server does not upgrade the schema of an old file: each version writes its own.
  const file = ['--db-filename', folder.in(`engine-${wrote.temporal}.db`)]
  const network = [
    '--ip',
    '127.0.0.1',
    '--port',
    String(ports.temporal),
    '--metrics-port',
    String(ports.temporal_metrics),
  ]
  return {
    name: 'engine',
    command: binary,
    args: ['server', 'start-dev', '--headless', ...network, ...file, ...journal, '--log-level', 'error'],
    env: {},
    ready: () => listens(ports.temporal),
    patienceMs: 30_000,
  }
}

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

export function workerPlan(folder: DataFolder, state: Remembered, databaseUrl: string): ChildPlan {
  return {
    name: 'worker',
    ...node('worker'),
    env: environment(folder, state, databaseUrl),
    ready: async () => true,
    patienceMs: 5_000,
  }
}

export function apiPlan(folder: DataFolder, state: Remembered, databaseUrl: string): ChildPlan {
  return {
    name: 'api',
    ...node('api'),
    env: environment(folder, state, databaseUrl),
    ready: async () => (await fetch(`http://127.0.0.1:${state.ports.api}/api/v1/health`)).ok,
    patienceMs: 30_000,
  }
}

function environment(folder: DataFolder, { ports }: Remembered, databaseUrl: string): Record<string, string> {
  return {
    SEGIN_DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
    SEGIN_KEYS: folder.in('keys'),
    SEGIN_DATA: folder.path,
    SEGIN_PORT: String(ports.api),
    SEGIN_URL: `http://127.0.0.1:${ports.api}`,
    SEGIN_SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
