/** When an act was first received, so that whatever is sent again under its id says the same. */

import type { Instant } from '../../cases/time.ts'
import type { Sql } from '../connect.ts'

export interface Received {
  received: Instant
  happened: Instant
}
/** Longer than a case takes an act after it was sent, and a lost task of the engine on top. */
const ON_ITS_WAY = '2 minutes'

/** What is said now, in business time; or what was said first, if that may still be on its way. */
export async function firstReceived(sql: Sql, action: string, { received, happened }: Received): Promise<Received> {
  const old = sql`r.at > now() - ${ON_ITS_WAY}::interval`
  const [row] = await sql<[{ received: string; happened: string }]>`
    insert into acts_received as r (action_id, received, happened) values (${action}, ${received}, ${happened})
    on conflict (action_id) do update set
      received = case when ${old} then r.received else excluded.received end,
      happened = case when ${old} then r.happened else excluded.happened end,
      at = case when ${old} then r.at else now() end
    returning received, happened`
  return { received: Number(row.received), happened: Number(row.happened) }
}

export async function forgetReceived(sql: Sql): Promise<number> {
  return (await sql`delete from acts_received where at < now() - interval '1 hour'`).count
}
