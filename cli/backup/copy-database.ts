/** The files of a database, copied while it works: what they lack is in the log that is copied with them. */

import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from '../../database/connect.ts'

/** Folders that a server fills anew; only that they exist counts. */
const EMPTY =
  /^(?:pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans|pgsql_tmp.*)$/
const LEFT = /^(?:postmaster\.pid|postmaster\.opts|pg_internal\.init|backup_label.*)$/

/** `owner`: a connection that may do everything; all of it happens in one session. */
export async function copyRunning(owner: Sql, from: string, to: string): Promise<void> {
  const session = await owner.reserve()
  try {
    // Held until the session ends, so that no part of the log is used again before it was copied.
    await session`select pg_create_physical_replication_slot('segin_backup', true, true)`
    await session`select pg_backup_start('segin', true)`
    await copyFolder(from, to)
    const [end] = await session`select labelfile from pg_backup_stop(false)`
    await writeFile(join(to, 'backup_label'), String(end?.['labelfile']))
    await copyFolder(join(from, 'pg_wal'), join(to, 'pg_wal'))
  } finally {
    await session`select pg_drop_replication_slot('segin_backup')`.catch(() => {})
    session.release()
  }
}

/** Of a database that was shut down, or of a copy. A file that goes away meanwhile was not needed. */
export async function copyFolder(from: string, to: string, whole = false): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  for (const one of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, one.name), join(to, one.name)]
    if (one.isDirectory() && !whole && EMPTY.test(one.name)) await mkdir(target, { recursive: true, mode: 0o700 })
    else if (one.isDirectory()) await copyFolder(source, target, whole)
    else if (whole || !LEFT.test(one.name)) await copyFile(source, target).catch(unlessGone)
  }
}

function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
