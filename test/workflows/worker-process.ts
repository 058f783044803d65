/** A worker in a process of its own, so that it can be killed in the middle of anything. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { KeyRing } from '../../database/keys.ts'
import { leaveCanary } from '../../database/queries/canary.ts'
import type { TestInstallation } from '../installation.ts'

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')

export interface WorkerProcess {
  start(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
  end(): Promise<void>
}

export async function workerProcess(here: TestInstallation): Promise<WorkerProcess> {
  const keys = await mkdtemp(join(tmpdir(), 'segin-keys-'))
  await Promise.all([
    writeRing(join(keys, 'master.json'), here.db.ring),
    writeRing(join(keys, 'codec.json'), here.codecRing),
  ])
  await leaveCanary(here.db.sql, here.codecRing)
  let child: ChildProcess | null = null
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  return {
    kill,
    async start() {
      const started = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), MAIN, 'worker'], {
        env: {
          PATH: process.env['PATH'],
          SEGIN_DATABASE_URL: here.db.url,
          TEMPORAL_ADDRESS: here.engine.address,
          SEGIN_KEYS: keys,
          SEGIN_SMTP_URL: 'smtp://127.0.0.1:9',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      await new Promise<void>((done, fail) => {
        let told = ''
        started.stdout.on('data', (line: Buffer) => {
          told += line.toString()
          if (told.includes('"working"')) done()
        })
        started.stderr.on('data', (line: Buffer) => (told += line.toString()))
        started.once('exit', () => fail(new Error(`the worker ended: ${told.slice(-500)}`)))
      })
    },
    async end() {
      await kill()
      await rm(keys, { recursive: true, force: true })
    },
  }
}

function writeRing(path: string, { current, keys }: KeyRing): Promise<void> {
  const text = Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key).toString('base64')]))
  return writeFile(path, JSON.stringify({ current, keys: text }), { mode: 0o600 })
}
