import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import type { ChildPlan } from './children.ts'
import { makeCluster, NoPostgres, type PostgresPrograms } from './postgres-programs.ts'

const OWNER = 'segin_owner'

/** The url of the server's own database, as its owner. */
export const ownerOf = (port: number, password: string): string =>
  `postgres://${OWNER}:${password}@127.0.0.1:${port}/postgres`

export interface PostgresPlan {
  child: ChildPlan
  /** As the owner, who migrates. */
  ownerUrl: string
}

/** Makes the database folder at the first start, and says how to run the server on it. */
export async function planPostgres(
  programs: PostgresPrograms,
  dataDir: string,
  port: number,
  password: string,
): Promise<PostgresPlan> {
  const wrote = await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => null)
  if (wrote === null) await makeCluster(programs, dataDir, OWNER, password)
  else if (wrote.trim() !== programs.major) {
    throw new NoPostgres(
      `${dataDir} was written by Postgres ${wrote.trim()} and this is ${programs.major}: docs/operator.md says how to move it`,
    )
  }
  const ownerUrl = ownerOf(port, password)
  return {
    ownerUrl,
    child: {
      name: 'postgres',
      command: programs.postgres,
      args: ['-D', dataDir, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      env: {},
      cwd: '/',
      ...programs.as,
      ready: () => answers(ownerUrl),
      patienceMs: 60_000,
      // Fast shutdown: ends connections and leaves a clean state.
      stopSignal: 'SIGINT',
    },
  }
}

export async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    await sql`select 1`
    return true
  } finally {
    await sql.end({ timeout: 1 })
  }
}
