/**
 * Many cases in the overview: lives of two years simulated on the pure core, laid down as often as people return in two
 * years (1,550 a month), and those that are closed again and again as the years before.
 */

import { randomUUID } from 'node:crypto'
import { overviewOf } from '../../cases/overview.ts'
import { arrivals } from '../../simulation/arrivals.ts'
import { groundOf } from '../../simulation/ground.ts'
import { Life } from '../../simulation/life.ts'
import type { Sql } from '../../database/connect.ts'
import { caseColumns, runColumns, stepColumns } from '../../database/overview-rows.ts'

const LIVES = 2_000
const MONTHS = 24
const SEED = 7
const AT_ONCE = 500
const RETURNS_A_MONTH = 1_550

/** Lays down about `count` cases as they stand today; answers how many events they have lived through. */
export async function layDown(sql: Sql, folder: string, count: number, say: (line: string) => void): Promise<number> {
  const events = await lived(sql, folder)
  await sql`create table lived as select case_id from cases`
  let all = LIVES
  for (let n = 1; all < count; n += 1) {
    all += await again(sql, n, n * LIVES >= RETURNS_A_MONTH * MONTHS)
    if (n % 100 === 0) say(`${all} cases laid down`)
  }
  await sql`analyze`
  return (events / LIVES) * all
}

async function lived(sql: Sql, folder: string): Promise<number> {
  const ground = await groundOf(folder)
  const now = Date.now()
  const from = new Date(now)
  from.setUTCMonth(from.getUTCMonth() - MONTHS)
  let events = 0
  const listener = { heard: (entries: object[]) => void (events += entries.length), refused: () => {} }
  const rows = arrivals(ground.assumed, { from: from.getTime(), months: MONTHS }, LIVES, SEED).map((arrival, index) => {
    const life = new Life(ground, arrival, index + 1, listener)
    life.lives(now)
    const caseId = randomUUID()
    const { case: row, runs, steps } = overviewOf(life.state, { settings: ground.settings })
    return {
      case: { caseId, number: `b-${index}`, subject: 'case', ...caseColumns(row) },
      runs: Object.values(runs).map((run) => runColumns(caseId, run)),
      steps: Object.values(steps).map((step) => stepColumns(caseId, step)),
    }
  })
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE)
    await sql`insert into cases ${sql(some.map((one) => one.case))}`
    for (const { runs, steps } of some) {
      if (runs.length > 0) await sql`insert into runs ${sql(runs)}`
      if (steps.length > 0) await sql`insert into open_steps ${sql(steps)}`
    }
  }
  return events
}

/** The first lives once more, as other cases that came earlier. Answers how many. */
async function again(sql: Sql, n: number, closedOnly: boolean): Promise<number> {
  const earlier = closedOnly ? sql`make_interval(days => ${n * 10})` : sql`make_interval(hours => ${n})`
  const other = sql`md5(case_id::text || ${String(n)})::uuid`
  const first = sql`case_id in (select case_id from lived) and (not ${closedOnly} or c.status = 'closed')`
  const { count } = await sql`insert into cases (case_id, number, subject, status, opened, closed, closed_reason, stage,
      home, centre, case_manager, next_wake, settings_version, engine)
    select ${other}, number || '-' || ${String(n)}, subject, status, opened - ${earlier}, closed - ${earlier}, closed_reason,
      stage, home, centre, case_manager, next_wake, settings_version, engine from cases c where ${first}`
  await sql`insert into runs (case_id, run, procedure, version, hash, status, begun, visible_to, hidden_from)
    select ${other}, run, procedure, version, hash, r.status, begun - ${earlier}, visible_to, hidden_from
    from runs r join cases c using (case_id) where ${first}`
  await sql`insert into open_steps (case_id, item, run, procedure, version, step, round, kind, stage, state, roles, users,
      partner, told, place, owner, visible_to, opened, clock, clock_kind, clock_unit, due, breached,
      next_rung, next_rung_role, fired)
    select ${other}, item, run, procedure, version, step, round, kind, s.stage, state, roles, users, partner, told, place,
      owner, visible_to, s.opened - ${earlier}, clock, clock_kind, clock_unit, due - ${earlier}, breached,
      next_rung, next_rung_role, fired
    from open_steps s join cases c using (case_id) where ${first}`
  return count
}
