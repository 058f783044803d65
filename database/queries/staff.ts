/** Users, what they hold, and their tokens; secrets and tokens are kept as digests only. */

import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Holding } from '../../cases/actions.ts'
import type { Sql } from '../connect.ts'

export interface User {
  id: string
  login: string
  name: string
  email: string
  language: 'fr' | 'en'
}
/** First and last day; an open end is null. */
export interface Away {
  from: string
  to: string | null
}
export interface AwayRow {
  awayFrom: string | null
  awayTo: string | null
}
export const awayOf = ({ awayFrom, awayTo }: AwayRow): Away | null =>
  awayFrom === null ? null : { from: awayFrom, to: awayTo }

export interface HoldingRow extends Holding {
  organisation: string
  until: string | null
}

/** Slow on purpose, so never on the thread that answers requests. */
const derived = promisify<string, string, number, Buffer>(scrypt)

async function secretHash(secret: string): Promise<string> {
  const salt = randomBytes(16).toString('hex')
  return `${salt}:${(await derived(secret, salt, 32)).toString('hex')}`
}
async function secretMatches(secret: string, hash: string): Promise<boolean> {
  const [salt = '', digest = ''] = hash.split(':')
  const given = await derived(secret, salt, 32)
  const kept = Buffer.from(digest, 'hex')
  return kept.length === given.length && timingSafeEqual(kept, given)
}
const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

export async function addUser(sql: Sql, user: User & { secret: string }, holds: Holding[]): Promise<void> {
  const { id, login, name, email, language, secret } = user
  await sql`insert into users (id, login, name, email, language, secret_hash)
    values (${id}, ${login}, ${name}, ${email}, ${language}, ${await secretHash(secret)}) on conflict do nothing`
  for (const { role, place } of holds) {
    await sql`insert into holdings (user_id, role, place) values (${id}, ${role}, ${place}) on conflict do nothing`
  }
}

/** The user with this login and secret; undefined when either is wrong. */
export async function userBySecret(sql: Sql, login: string, secret: string): Promise<User | undefined> {
  const [row] = await sql<(User & { secretHash: string })[]>`select id, login, name, email, language, secret_hash
    from users where login = ${login} and active`
  const hash = row?.secretHash ?? `${'0'.repeat(32)}:${'0'.repeat(64)}`
  if (!(await secretMatches(secret, hash)) || !row) return undefined
  const { id, name, email, language } = row
  return { id, login, name, email, language }
}
/** As staff see themselves: with the days on which they are away, if any. */
export async function userById(sql: Sql, id: string): Promise<(User & { away: Away | null }) | undefined> {
  const [row] = await sql<(User & AwayRow)[]>`
    select id, login, name, email, language, away_from::text, away_to::text from users where id = ${id}`
  if (!row) return undefined
  const { awayFrom, awayTo, ...user } = row
  return { ...user, away: awayOf({ awayFrom, awayTo }) }
}

/** Active people who hold a role at one of these places and are not away today, nearest place first. */
export async function holdersOf(
  sql: Sql,
  role: string,
  places: string[],
  today: string,
): Promise<(User & { place: string })[]> {
  return sql<(User & { place: string })[]>`select u.id, u.login, u.name, u.email, u.language, h.place
    from holdings h join users u on u.id = h.user_id
    where h.role = ${role} and h.place = any(${places}) and (h.until is null or h.until >= ${today}) and u.active
      and not (u.away_from is not null and u.away_from <= ${today} and coalesce(u.away_to, 'infinity') >= ${today})
    order by array_position(${places}, h.place), u.id`
}

export async function addToken(
  sql: Sql,
  token: { id: string; user: string; token: string; device: string | null; expires: Date },
): Promise<void> {
  await sql`insert into tokens (id, user_id, hash, device, expires)
    values (${token.id}, ${token.user}, ${tokenHash(token.token)}, ${token.device}, ${token.expires})`
}
export interface TokenRow {
  id: string
  user: string
  device: string | null
  created: Date
  expires: Date
  revoked: Date | null
}
export async function tokensOf(sql: Sql, user: string): Promise<TokenRow[]> {
  return sql<TokenRow[]>`select id, user_id as user, device, created, expires, revoked from tokens
    where user_id = ${user} order by created desc`
}
/** False when this user has no such live token. */
export async function revokeToken(sql: Sql, user: string, id: string): Promise<boolean> {
  const rows =
    await sql`update tokens set revoked = now() where id = ${id} and user_id = ${user} and revoked is null returning id`
  return rows.length > 0
}
