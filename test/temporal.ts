/** Real servers of the engine for tests: each on free ports with its own file, stopped by its own process. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { findBinary, TEMPORAL_CLI } from '../local/temporal-binary.ts'
import { freePort } from './postgres.ts'

export const BINARIES = resolve(import.meta.dirname, '../.data/bin')

export interface DevServer {
  address: string
  /** kill -9 and start again on the same file and port. */
  crash(): Promise<void>
  restart(): Promise<void>
  /** Keeps its file as it is now; the answer puts it back. Crashes and starts it each time. */
  keep(): Promise<() => Promise<void>>
  end(): Promise<void>
}

/** `dynamic`: settings of the server, as `key=value`. */
export async function startDevServer(dynamic: string[] = []): Promise<DevServer> {
  const { path } = await findBinary(TEMPORAL_CLI, BINARIES, () => {})
  const home = await mkdtemp(join(tmpdir(), 'segin-temporal-'))
  const data = join(home, 'data')
  await mkdir(data)
  let port = await freePort()
  const flags = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL']
  let child: ChildProcess
  const start = async (): Promise<void> => {
    const metrics = await freePort()
    child = spawn(
      path,
      [
        'server',
        'start-dev',
        '--headless',
        '--ip',
        '127.0.0.1',
        '--port',
        String(port),
        '--metrics-port',
        String(metrics),
        '--db-filename',
        join(data, 'engine.db'),
        '--log-level',
        'never',
        ...flags,
        ...dynamic.flatMap((one) => ['--dynamic-config-value', one]),
      ],
      { stdio: 'ignore' },
    )
    await answering(`127.0.0.1:${port}`, child)
  }
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  // Whoever else asked for a free port at the same moment may have taken it since.
  await start().catch(async () => {
    await kill('SIGKILL')
    port = await freePort()
    await start()
  })
  return {
    address: `127.0.0.1:${port}`,
    crash: () => kill('SIGKILL'),
    restart: start,
    async keep() {
      const kept = join(home, 'kept')
      await kill('SIGKILL')
      await cp(data, kept, { recursive: true })
      await start()
      return async () => {
        await kill('SIGKILL')
        await rm(data, { recursive: true })
        await cp(kept, data, { recursive: true })
        await start()
      }
    },
    async end() {
      await kill('SIGKILL')
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** A client of an engine that is not there. */
export const nobody = (): Client => new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) })

async function answering(address: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150 && server.exitCode === null; tries += 1) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 })
      await connection.close()
      return
    } catch {
      await pause(100)
    }
  }
  throw new Error(`no engine answers at ${address}`)
}
