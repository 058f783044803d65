/** Who may sign in, with which token, holding what. Tokens are kept as hashes only. */

import type { Holding } from '../../cases/actions.ts'
import type { CivilDate } from '../../cases/time.ts'
import type { Sql } from '../connect.ts'

export interface SignIn {
  user: string
  name: string
  secretHash: string
}
/** undefined for an unknown or inactive login. */
export async function findLogin(sql: Sql, login: string): Promise<SignIn | undefined> {
  const [row] = await sql`select id, name, secret_hash from users where login = ${login} and active`
  return row && { user: String(row['id']), name: String(row['name']), secretHash: String(row['secret_hash']) }
}

export interface NewToken {
  id: string
  user: string
  hash: string
  device: string | null
  created: Date
  expires: Date
}
export async function insertToken(sql: Sql, token: NewToken): Promise<void> {
  const { id, user, hash, device, created, expires } = token
  await sql`insert into tokens (id, user_id, hash, device, created, expires)
    values (${id}, ${user}, ${hash}, ${device}, ${created}, ${expires})`
}

export interface TokenRow {
  id: string
  user: string
  name: string
  language: 'fr' | 'en'
  active: boolean
  expires: Date
  revoked: Date | null
  holds: (Holding & { organisation: string; until: CivilDate | null })[]
}
/** The token with its user's holdings that are in force on `today`; undefined when no token has this hash. */
export async function findToken(sql: Sql, hash: string, today: CivilDate): Promise<TokenRow | undefined> {
  const [row] = await sql`
    select t.id, t.expires, t.revoked, u.id as user_id, u.name, u.language, u.active,
      coalesce((select jsonb_agg(jsonb_build_object('role', h.role, 'place', h.place,
          'organisation', h.organisation, 'until', h.until::text) order by h.role, h.place)
        from holdings h where h.user_id = u.id and (h.until is null or h.until >= ${today})), '[]'::jsonb) as holds
    from tokens t join users u on u.id = t.user_id where t.hash = ${hash}`
  return (
    row && {
      id: String(row['id']),
      user: String(row['user_id']),
      name: String(row['name']),
      language: row['language'] as 'fr' | 'en',
      active: Boolean(row['active']),
      expires: row['expires'] as Date,
      revoked: row['revoked'] as Date | null,
      holds: row['holds'] as TokenRow['holds'],
    }
  )
}

export interface ListedToken {
  id: string
  device: string | null
  created: Date
  expires: Date
}
export async function tokensOf(sql: Sql, user: string, at: Date): Promise<ListedToken[]> {
  const rows = await sql`select id, device, created, expires from tokens
    where user_id = ${user} and revoked is null and expires > ${at} order by created desc`
  return rows.map((row) => ({
    id: String(row['id']),
    device: row['device'] as string | null,
    created: row['created'] as Date,
    expires: row['expires'] as Date,
  }))
}

/** False when the user has no such token. */
export async function revokeToken(sql: Sql, user: string, id: string, at: Date): Promise<boolean> {
  const rows = await sql`update tokens set revoked = coalesce(revoked, ${at})
    where id = ${id} and user_id = ${user} returning id`
  return rows.length > 0
}
