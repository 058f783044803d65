/** A worker in a process of its own, so that it can be killed in the middle of anything. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { KeyRing } from '../../database/keys.ts'
import { leaveCanary } from '../../database/queries/canary.ts'
import { BUNDLES } from '../workflow-bundle.ts'
import type { TestInstallation } from '../installation.ts'

const MAIN = resolve(import.meta.dirname, '../../cli/main.ts')

export interface WorkerProcess {
  start(): Promise<void>
  /** Of the running process. */
  pid(): number
  /** kill -9. */
  kill(): Promise<void>
  end(): Promise<void>
}

/** What a process of this installation is told; `end` removes its key files. */
export async function environmentOf(
  here: TestInstallation,
): Promise<{ env: Record<string, string>; end: () => Promise<void> }> {
  const keys = await mkdtemp(join(tmpdir(), 'segin-keys-'))
  await Promise.all([
    writeRing(join(keys, 'master.json'), here.db.ring),
    writeRing(join(keys, 'codec.json'), here.codecRing),
  ])
  await leaveCanary(here.db.sql, here.codecRing)
  const env = {
    SEGIN_DATABASE_URL: here.db.url,
    TEMPORAL_ADDRESS: here.engine.address,
    SEGIN_KEYS: keys,
    SEGIN_CACHE: BUNDLES,
    SEGIN_SMTP_URL: 'smtp://127.0.0.1:9',
  }
  return { env, end: () => rm(keys, { recursive: true, force: true }) }
}

export async function workerProcess(here: TestInstallation): Promise<WorkerProcess> {
  const told = await environmentOf(here)
  let child: ChildProcess | null = null
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  return {
    kill,
    pid: () => child?.pid ?? 0,
    async start() {
      const started = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), MAIN, 'worker'], {
        env: { PATH: process.env['PATH'], ...told.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      await new Promise<void>((done, fail) => {
        let said = ''
        started.stdout.on('data', (line: Buffer) => {
          said += line.toString()
          if (said.includes('"working"')) done()
        })
        started.stderr.on('data', (line: Buffer) => (said += line.toString()))
        started.once('exit', () => fail(new Error(`the worker ended: ${said.slice(-500)}`)))
      })
    },
    async end() {
      await kill()
      await told.end()
    },
  }
}

function writeRing(path: string, { current, keys }: KeyRing): Promise<void> {
  const text = Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, Buffer.from(key).toString('base64')]))
  return writeFile(path, JSON.stringify({ current, keys: text }), { mode: 0o600 })
}
