/** A simulation as tables for a terminal. */

import { dayAt, dayOf } from '../cases/clocks/civil.ts'
import { workingDaysUpTo } from '../cases/clocks/working-days.ts'
import { STAGES } from '../procedures/language/compiled.ts'
import { endOf } from './arrivals.ts'
import type { Ground } from './ground.ts'
import type { Plan } from './run.ts'
import type { Tally } from './tally.ts'
import { type Language, wordsIn } from './words.ts'

const DAY = 86_400_000
const YEAR = 365 * DAY
/** Of long tables only the heaviest rows stand in the terminal; the file has them all. */
const ROWS = 20

export function report(ground: Ground, plan: Plan, tally: Tally, language: Language): string[] {
  const words = wordsIn(language)
  const { country } = ground
  const whole = (n: number): string => String(Math.round(n))
  const share = (n: number, of: number): string => (of === 0 ? '–' : `${Math.round((100 * n) / of)} %`)
  const procedure = (id: string): string => country.procedures[id]?.title[language] ?? id
  const step = (path: string): string => {
    const [id = '', name] = path.split('.')
    const title = country.procedures[id]?.steps.find((one) => one.id === name)?.title[language] ?? name ?? ''
    return `${procedure(id)} – ${title}`
  }
  const own: Record<string, string> = { partner: words.partner, assigned: words.assigned, opening: words.opening }
  const role = (id: string): string => own[id] ?? country.roles[id]?.title[language] ?? id
  const reasons = country.lists['closure']
  const reason = (id: string): string => (reasons && id in reasons ? (reasons[id]?.[language] ?? id) : id)
  const workingDays = Math.max(
    1,
    workingDaysUpTo(dayAt(plan.span.from), dayAt(endOf(plan.span)), ground.settings, null).length,
  )
  const heaviest = <T>(rows: [string, T][], of: (one: T) => number): [string, T][] =>
    rows.toSorted((a, b) => of(b[1]) - of(a[1])).slice(0, ROWS)

  return [
    words.head(plan.returns, plan.span.months, dayOf(plan.span.from), plan.seed),
    words.lived(Math.round(tally.caseMs / YEAR), tally.entries, tally.acts),
    words.assumed,
    ...table(
      words.funnel,
      [words.stage, words.cases, words.share, words.median],
      STAGES.map((id) => {
        const one = tally.stages[id] ?? { reached: 0, days: {} }
        return [country.stages[id][language], whole(one.reached), share(one.reached, tally.cases), median(one.days)]
      }),
    ),
    ...table(
      words.closings,
      [words.reason, words.cases, words.share],
      [
        ...heaviest(Object.entries(tally.closings), (n) => n).map(([id, n]) => [
          reason(id),
          whole(n),
          share(n, tally.cases),
        ]),
        [words.stillOpen, whole(tally.open), share(tally.open, tally.cases)],
      ],
    ),
    ...table(
      words.waits,
      [words.step, words.days, words.mean, words.opened, words.lateShare, words.openNow],
      heaviest(Object.entries(tally.steps), (one) => one.waitedMs).map(([path, one]) => [
        step(path),
        whole(one.waitedMs / DAY),
        (one.waitedMs / DAY / Math.max(1, one.opened)).toFixed(1),
        whole(one.opened),
        share(one.breached, one.opened),
        whole(one.open),
      ]),
    ),
    ...table(
      words.rungs,
      [words.kind, words.times, words.per100],
      (['reminder', 'due', 'escalation'] as const).map((kind) => [
        words.kinds[kind],
        whole(tally.rungs[kind]),
        whole((100 * tally.rungs[kind]) / Math.max(1, tally.cases)),
      ]),
    ),
    ...table(
      words.roles,
      [words.role, words.acts, words.perDay, words.busiest, ...Object.values(words.kinds)],
      heaviest(Object.entries(tally.roles), (one) => one.acts).map(([id, one]) => [
        role(id),
        whole(one.acts),
        (one.acts / workingDays).toFixed(1),
        whole(Math.max(0, ...Object.values(one.days))),
        whole(one.reminder),
        whole(one.due),
        whole(one.escalation),
      ]),
    ),
    ...table(
      words.procedures,
      [words.procedure, words.begun, words.completed, words.stopped, words.openRuns],
      heaviest(Object.entries(tally.runs), (one) => one.begun).map(([id, one]) => [
        procedure(id),
        whole(one.begun),
        whole(one.completed),
        whole(one.stopped),
        whole(one.open),
      ]),
    ),
    ...table(
      words.refusals,
      [words.what, words.times],
      heaviest(Object.entries(tally.refusals), (n) => n).map(([id, n]) => [id, whole(n)]),
    ),
  ]
}

function median(days: Record<number, number>): string {
  const all = Object.entries(days).map(([day, n]) => [Number(day), n] as const)
  const half = all.reduce((total, [, n]) => total + n, 0) / 2
  let seen = 0
  for (const [day, n] of all.toSorted(([a], [b]) => a - b)) {
    seen += n
    if (seen >= half) return String(day)
  }
  return '–'
}

function table(title: string, head: string[], rows: string[][]): string[] {
  if (rows.length === 0) return []
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (row: string[]): string =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ')
  return ['', title, line(head), ...rows.map(line)]
}
