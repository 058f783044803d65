/** What must always be true, asked of the running system. Counts and case numbers only. */

import { firstBrokenLink } from '../ledger.ts'
import type { Sql } from '../connect.ts'
import { silentCases } from './asleep.ts'

export interface Checked {
  id: string
  count: number
  worst: string[]
}
const SAMPLE = 25

interface Numbered {
  number: string
}
const checked = (id: string, rows: readonly Numbered[]): Checked => ({
  id,
  count: rows.length,
  worst: rows.slice(0, 5).map(({ number }) => number),
})

/** Invariants that the record alone can answer, at business time `now`. */
export async function recordInvariants(sql: Sql, now: Date): Promise<Checked[]> {
  // A step that waits for its day is nobody's yet: its clock opens it, and names its owner then.
  const forgotten = await sql<Numbered[]>`select c.number from cases c where c.status = 'open'
    and not exists (select 1 from open_steps s where s.case_id = c.case_id and s.clock is not null and s.state <> 'held'
      and (s.state = 'waiting' or s.owner is not null or cardinality(s.roles) > 0 or cardinality(s.users) > 0)) limit 1000`
  // Whoever holds a receipt was told that their action is in the ledger.
  const lost = await sql<Numbered[]>`select distinct c.number from case_actions a join cases c on c.case_id = a.case_id
    left join case_events e on e.case_id = a.case_id and e.seq = a.from_seq and e.action_id = a.action_id
    where e.case_id is null limit 1000`
  const unpinned = await sql<Numbered[]>`select distinct c.number from runs r join cases c on c.case_id = r.case_id
    left join procedures p on p.id = r.procedure and p.version = r.version and p.hash = r.hash
    where p.id is null limit 1000`
  const doubled = await sql<Numbered[]>`select distinct c.number from outbox a
    join outbox b on a.message_id = b.message_id and a.sent_to <> b.sent_to join cases c on c.case_id = a.case_id limit 1000`
  const unclosed = await sql<Numbered[]>`
    select distinct c.number from cases c left join open_steps s on s.case_id = c.case_id
    left join runs r on r.case_id = c.case_id and r.status = 'open'
    where c.status = 'closed' and (s.item is not null or r.run is not null) limit 1000`
  const gaps = await sql<Numbered[]>`select c.number from cases c
    left join lateral (select count(*)::int as entries, coalesce(max(seq), 0) as last from case_events e where e.case_id = c.case_id) e on true
    where e.entries <> c.head_seq or e.last <> c.head_seq limit 1000`
  const asleep = await sql<Numbered[]>`select number from (${silentCases(sql, now)}) silent order by since limit 1000`
  const stopped = await sql<Numbered[]>`select number from cases where stopped is not null limit 1000`
  const broken = await brokenChains(sql)
  // What belongs to a restricted run says so wherever lists read it, and is sealed apart.
  const unhidden = await sql<Numbered[]>`select distinct c.number from runs r join cases c on c.case_id = r.case_id
    left join open_steps s on s.case_id = r.case_id and s.run = r.run
    where r.visible_to is not null and ((s.item is not null and s.visible_to is distinct from r.visible_to)
      or not exists (select 1 from case_events e where e.case_id = r.case_id and e.compartment = 'restricted:' || r.run))
    limit 1000`
  return [
    checked('I1', forgotten),
    checked('I3', lost),
    checked('I6', doubled),
    checked('I7', unpinned),
    checked('I9', unclosed),
    checked('I11', [...gaps, ...stopped, ...broken]),
    checked('I12', asleep),
    // Its number would tell what is hidden.
    { ...checked('I13', unhidden), worst: [] },
  ]
}

/** A sample of chains, the busiest cases first. */
async function brokenChains(sql: Sql): Promise<Numbered[]> {
  const rows = await sql<{ caseId: string; number: string }[]>`
    select case_id, number from cases order by head_seq desc limit ${SAMPLE}`
  const broken: Numbered[] = []
  for (const row of rows) if ((await firstBrokenLink(sql, row.caseId)) !== null) broken.push(row)
  return broken
}

/** Cases to hold against their ledgers, chosen evenly; another choice for every `turn`. */
export async function sampleOfCases(
  sql: Sql,
  status: 'open' | 'closed',
  size: number,
  turn: string,
): Promise<{ caseId: string; number: string }[]> {
  return sql<{ caseId: string; number: string }[]>`select case_id, number from cases
    where status = ${status} and head_seq > 0
    order by md5(case_id::text || ${turn}) limit ${size}`
}
