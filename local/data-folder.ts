/** The data folder of an installation: what it remembers between two starts. */

import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import type { Identity } from './identity.ts'

export type PortName = 'api' | 'mail' | 'metrics' | 'smtp' | 'temporal' | 'temporal_metrics' | 'postgres'
export interface Remembered {
  ports: Record<PortName, number>
  supervisor?: Identity
  children: Record<string, Identity>
  /** Versions that wrote the data; null before they did, `outside` for an engine that somebody else keeps. */
  wrote: { segin: string; temporal: string | null; postgres: string | null }
}

export class DataFolder {
  readonly path: string
  private saving: Promise<void> = Promise.resolve()

  constructor(path: string) {
    this.path = path
  }
  in(...parts: string[]): string {
    return join(this.path, ...parts)
  }

  async read(): Promise<Remembered | null> {
    try {
      return JSON.parse(await readFile(this.in('state.json'), 'utf8')) as Remembered
    } catch {
      return null
    }
  }
  /** Whole or not at all, one after the other. */
  save(state: Remembered): Promise<void> {
    const text = `${JSON.stringify(state, null, 2)}\n`
    this.saving = this.saving.then(async () => {
      await writeFile(this.in('state.json.new'), text, { mode: 0o600 })
      await rename(this.in('state.json.new'), this.in('state.json'))
    })
    return this.saving
  }
  async make(): Promise<void> {
    for (const name of ['', 'log', 'keys', 'mail']) await mkdir(this.in(name), { recursive: true, mode: 0o700 })
    // The database's user passes through the folder where it is not the starter's own.
    await chmod(this.path, process.getuid?.() === 0 ? 0o711 : 0o700)
  }
  /** Everything but the programs that were fetched once. */
  async remove(): Promise<void> {
    const OURS = /^(?:state\.json|log|keys|mail|cache|postgres|engine-.*|sign-ins\.json|README)$/
    for (const name of await readdir(this.path).catch(() => [])) {
      if (OURS.test(name)) await rm(this.in(name), { recursive: true, force: true })
    }
  }

  /** A secret of this installation, made at its first use. */
  async secret(name: string): Promise<string> {
    return this.kept(`keys/${name}`, () => randomBytes(18).toString('base64url'))
  }
  private async kept(name: string, make: () => string): Promise<string> {
    try {
      return await readFile(this.in(name), 'utf8')
    } catch {
      const content = make()
      await writeFile(this.in(name), content, { mode: 0o600 })
      return content
    }
  }
}

/** The wished port when it is free, else any free one. */
export function choosePort(wished: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' && wished !== 0 ? choosePort(0).then(resolve, reject) : reject(error),
    )
    server.listen(wished, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export function listens(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
