/** How long work has been waiting, by whoever has it and by the roles for which nobody has it. Restricted work is not counted. */

import type { Lists } from '../as-viewer.ts'

export interface Waits {
  open: number
  late: number
  /** Due from now on, and before `soon`. */
  dueSoon: number
  /** What was opened first. */
  longest: { number: string; item: string; procedure: string; step: string; place: string | null; opened: Date }
}
export interface WaitsOfNobody extends Waits {
  /** Any of these may take it. */
  roles: string[]
  place: string | null
  /** Whom the next rungs tell. */
  next: string[]
}
export interface AskedWaits {
  places: string[]
  role: string | null
  now: Date
  /** Until when something is due soon, by place, since each has days off of its own. */
  soon: { places: string[]; until: Date[]; elsewhere: Date }
}

/** By owner. */
export async function waitsOfOwners(lists: Lists, owners: string[], asked: AskedWaits): Promise<Map<string, Waits>> {
  const rows = await lists<(WaitsRow & { owner: string })[]>`with waits as (
      select s.owner, ${figures(lists, asked)} where s.owner = any(${owners}) and ${counted(lists)} group by s.owner)
    select w.*, ${longest(lists)}`
  return new Map(rows.map((row) => [row.owner, waitsIn(row)]))
}

/** Open steps that nobody has: whoever holds one of their roles there may take them. The longest wait first. */
export async function waitsOfNobody(lists: Lists, asked: AskedWaits): Promise<WaitsOfNobody[]> {
  const { places, role } = asked
  const rows = await lists<(WaitsRow & Omit<WaitsOfNobody, keyof Waits>)[]>`with waits as (
      select s.roles, s.place, array_remove(array_agg(distinct s.next_rung_role), null) as next, ${figures(lists, asked)}
      where s.owner is null and s.users = '{}' and s.place = any(${places}) and ${counted(lists)}
        and (${role}::text is null or ${role} = any(s.roles)) group by s.roles, s.place)
    select w.*, ${longest(lists)} order by w.longest limit 200`
  return rows.map((row) => ({ ...waitsIn(row), roles: row.roles, place: row.place, next: row.next }))
}

const counted = (lists: Lists) => lists`s.visible_to is null and s.state = 'open'`

/** Figures of a group; of the longest wait its instant, case and item. */
const figures = (lists: Lists, { now, soon }: AskedWaits) => lists`
  count(*)::int as open, count(*) filter (where s.due < ${now})::int as late,
  count(*) filter (where s.due >= ${now} and s.due < coalesce(p.until, ${soon.elsewhere}))::int as due_soon,
  min(array[(s.opened at time zone 'UTC')::text, s.case_id::text, s.item]) as longest
  from open_steps s left join unnest(${soon.places}::text[], ${soon.until.map((at) => at.toISOString())}::timestamptz[]) p(place, until) on p.place = s.place`

const longest = (lists: Lists) => lists`
  c.number, o.item, o.procedure, o.step, o.place as waits_at, o.opened from waits w
  join open_steps o on o.case_id = w.longest[2]::uuid and o.item = w.longest[3] join cases c on c.case_id = o.case_id`

/** What both questions answer; the place of the longest wait has a name of its own. */
type WaitsRow = Omit<Waits, 'longest'> & Omit<Waits['longest'], 'place'> & { waitsAt: string | null }
const waitsIn = (row: WaitsRow): Waits => {
  const { open, late, dueSoon, number, item, procedure, step, waitsAt, opened } = row
  return { open, late, dueSoon, longest: { number, item, procedure, step, place: waitsAt, opened } }
}
