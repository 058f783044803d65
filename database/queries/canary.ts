import type { Sql } from '../connect.ts'
import { type KeyRing, open, seal, Unreadable } from '../keys.ts'

const bound = (keyId: string): string[] => ['codec-canary', keyId]

/** Leaves a canary for the codec's current key, once. */
export async function leaveCanary(sql: Sql, codec: KeyRing): Promise<void> {
  const key = codec.keys[codec.current]
  if (!key) throw new Unreadable()
  await sql`insert into codec_canaries (key_id, sealed) values (${codec.current}, ${seal(key, 'segin', bound(codec.current))})
    on conflict do nothing`
}

/** False when the database knows a newest codec key that is not at hand or not the same. */
export async function canaryLives(sql: Sql, codec: KeyRing): Promise<boolean> {
  const [row] = await sql<{ keyId: string; sealed: Buffer }[]>`
    select key_id, sealed from codec_canaries order by added desc, key_id desc limit 1`
  const key = row && codec.keys[row.keyId]
  if (!row || !key) return false
  try {
    return open(key, row.sealed, bound(row.keyId)) === 'segin'
  } catch {
    return false
  }
}
