/** Work queues: open steps that a viewer may know of, worst first. Hidden rows are left out before anything is counted. */

import type { Clock } from '../../cases/state.ts'
import type { Lists, Viewer } from '../as-viewer.ts'

export interface WorkFilter {
  scope: 'mine' | 'places'
  place: string[] | null
  stage: string | null
  procedure: string | null
  step: string | null
  owner: string | null
  role: string | null
  clock: 'late' | 'soon' | 'held' | null
  number: string | null
}
export interface WorkRow {
  caseId: string
  number: string
  caseStage: string
  item: string
  procedure: string
  version: number
  step: string
  kind: 'task' | 'decision'
  stage: string
  state: 'open' | 'waiting' | 'held'
  roles: string[]
  users: string[]
  partner: string | null
  place: string | null
  owner: string | null
  opened: Date
  clock: string | null
  /** null without a clock, and in a row of before the unit was kept. */
  clockUnit: Clock['unit'] | null
  due: Date | null
  breached: boolean
  nextRung: Date | null
  nextRungRole: string | null
  fired: number
  /** Of a restricted run. */
  restricted: boolean
}
/** The last row of the page before. */
export interface WorkCursor {
  due: number | null
  caseId: string
  item: string
}
/** Asked for as an owner: what nobody has. No id of a user looks like it. */
export const NOBODY = 'none'
const MOST_STEPS = 20
const NEVER = new Date('9999-12-31T00:00:00Z')

/** Whether one of these roles is held by the viewer where the step is. */
function held(sql: Lists, { pairs }: Viewer, roles: ReturnType<Lists>) {
  const reach = new Map<string, string[]>()
  for (const pair of pairs) {
    const [role = '', place = ''] = pair.split('@')
    reach.set(role, [...(reach.get(role) ?? []), place])
  }
  return [...reach].reduce(
    (any, [role, places]) => sql`${any} or (${role} = any(${roles}) and s.place = any(${places}::text[]))`,
    sql`false`,
  )
}

function condition(sql: Lists, viewer: Viewer, filter: WorkFilter, now: Date) {
  const holds = (roles: ReturnType<Lists>) => held(sql, viewer, roles)
  const mine = sql`(s.owner = ${viewer.user} or ${viewer.user} = any(s.users)
    or (s.owner is null and (${holds(sql`s.roles`)})) or ${holds(sql`s.told`)})`
  const soon = new Date(now.getTime() + 3 * 86_400_000)
  const clock =
    filter.clock === 'late'
      ? sql`s.state = 'open' and s.due < ${now}`
      : filter.clock === 'soon'
        ? sql`s.state = 'open' and s.due between ${now} and ${soon}`
        : filter.clock === 'held'
          ? sql`s.state = 'held'`
          : sql`s.state <> 'waiting'`
  const owner =
    filter.owner === NOBODY
      ? sql`s.owner is null and s.users = '{}'`
      : sql`(${filter.owner}::text is null or s.owner = ${filter.owner})`
  return sql`
    (s.visible_to is null or s.owner = ${viewer.user} or ${viewer.user} = any(s.users) or ${holds(sql`s.visible_to`)})
    and ${filter.scope === 'mine' ? mine : sql`(s.place = any(${viewer.places}) or ${mine})`}
    and ${clock}
    and (${filter.place}::text[] is null or s.place = any(${filter.place}))
    and (${filter.stage}::text is null or s.stage = ${filter.stage})
    and (${filter.procedure}::text is null or s.procedure = ${filter.procedure})
    and (${filter.step}::text is null or s.step = ${filter.step})
    and ${owner}
    and (${filter.role}::text is null or ${filter.role} = any(s.roles))
    and (${filter.number}::text is null or s.case_id = (select case_id from cases where number = ${filter.number}))`
}

export async function workRows(
  sql: Lists,
  viewer: Viewer,
  filter: WorkFilter,
  now: Date,
  page: { limit: number; after: WorkCursor | null },
): Promise<WorkRow[]> {
  const { after } = page
  const due = after?.due == null ? NEVER : new Date(after.due)
  return sql<WorkRow[]>`
    select s.case_id, c.number, c.stage as case_stage, s.item, s.procedure, s.version, s.step, s.kind,
      s.stage, s.state, s.roles, s.users, s.partner, s.place, s.owner, s.opened, s.clock, s.clock_unit, s.due, s.breached,
      s.next_rung, s.next_rung_role, s.fired, s.visible_to is not null as restricted
    from (select * from open_steps s where ${condition(sql, viewer, filter, now)}
      ${after ? sql`and (coalesce(s.due, ${NEVER}), s.case_id, s.item) > (${due}, ${after.caseId}, ${after.item})` : sql``}
      order by coalesce(s.due, ${NEVER}), s.case_id, s.item limit ${page.limit}) s
    join cases c on c.case_id = s.case_id
    order by coalesce(s.due, ${NEVER}), s.case_id, s.item`
}

export interface WorkCounts {
  late: number
  dueToday: number
  later: number
  byStep: { procedure: string; step: string; late: number }[]
}
export async function workCounts(sql: Lists, viewer: Viewer, filter: WorkFilter, now: Date): Promise<WorkCounts> {
  const endOfDay = new Date(`${now.toISOString().slice(0, 10)}T23:59:59Z`)
  const where = condition(sql, viewer, filter, now)
  const rows = await sql<{ procedure: string; step: string; late: number; dueToday: number; later: number }[]>`
    select s.procedure, s.step,
      count(*) filter (where s.due < ${now})::int as late,
      count(*) filter (where s.due between ${now} and ${endOfDay})::int as due_today,
      count(*) filter (where s.due is null or s.due > ${endOfDay})::int as later
    from open_steps s where ${where} group by 1, 2 order by late desc, 1, 2`
  const sum = (of: 'late' | 'dueToday' | 'later'): number => rows.reduce((all, row) => all + row[of], 0)
  const byStep = rows.filter(({ late }) => late > 0).slice(0, MOST_STEPS)
  return {
    late: sum('late'),
    dueToday: sum('dueToday'),
    later: sum('later'),
    byStep: byStep.map(({ procedure, step, late }) => ({ procedure, step, late })),
  }
}
