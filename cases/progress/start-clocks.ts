/** The clocks of a step that opens: its marks are instants, each with the plan that it was counted by. */

import type { Moment, Repeat, Term, WorkStep } from '../../procedures/language/compiled.ts'
import { finestUnit } from '../clocks/measure.ts'
import { shift } from '../clocks/place-terms.ts'
import { firstMatch, type NamesLater } from '../conditions.ts'
import type { ClockKind, ClockStart, ItemId, Mark, ResolvedRole } from '../events.ts'
import { clockId } from '../item.ts'
import type { StepState } from '../state.ts'
import type { Draft, Place } from './draft.ts'
import { type Anchored, anchorAt } from './moments.ts'
import { atItsHour, type Timing } from './hour-of-day.ts'

export interface Opening extends Place {
  rule: WorkStep
  step: StepState
  item: ItemId
  round: number
  names: NamesLater
  place: string | null
}

/** `roles`: whose step it is, as it opens. */
export function clocksOf(draft: Draft, opening: Opening, roles: ResolvedRole[]): ClockStart[] {
  const due = dueClock(draft, opening)
  const lapse = firstMatch(opening.rule.lapses?.at, opening.names)
  const lapses = lapse && clock(draft, opening, 'lapses', lapse)
  const clocks = [...(due ? [due] : []), ...(lapses ? [lapses] : [])]
  const spoken = clocks[0]
  if (spoken) spoken.marks.push(...reminders(draft, opening, spoken), ...rungs(draft, opening, spoken, roles))
  return clocks
}

/** The day before which a step does not open; null when it may open at once. */
export function opensClock(draft: Draft, opening: Opening): ClockStart | null {
  const { rule, round, names } = opening
  if (opening.step.within) return null
  if (rule.repeat?.kind === 'dates') {
    const moment = dateOfRound(rule.repeat, round, -1)
    return moment ? clock(draft, opening, 'opens', moment) : null
  }
  if (rule.repeat?.kind === 'gap' && round > 1) {
    return clock(draft, opening, 'opens', { terms: rule.repeat.gap, anchor: { kind: 'opening' } })
  }
  const opens = firstMatch(rule.opens, names)
  return opens ? clock(draft, opening, 'opens', opens) : null
}

function dueClock(draft: Draft, opening: Opening): ClockStart | null {
  const { rule, step, round, names } = opening
  if (step.within) return clock(draft, opening, 'due', { terms: step.within, anchor: { kind: 'opening' } })
  if (rule.repeat?.kind === 'dates') {
    const moment = dateOfRound(rule.repeat, round, 1)
    if (moment) return clock(draft, opening, 'due', moment)
  }
  const due = firstMatch(rule.due, names)
  return due ? clock(draft, opening, 'due', due) : null
}

function dateOfRound(repeat: Extract<Repeat, { kind: 'dates' }>, round: number, side: 1 | -1): Moment | null {
  const at = repeat.at[round - 1]
  if (!at) return null
  return { terms: [...at, ...repeat.window.map((term) => ({ ...term, n: side * term.n }))], anchor: repeat.from }
}

function clock(draft: Draft, opening: Opening, kind: ClockKind, moment: Moment): ClockStart {
  const anchor: Anchored = anchorAt(moment.anchor, draft.at, draft.state, opening.run) ?? {
    kind: 'opening',
    at: draft.at,
  }
  const counted = mark(draft, opening, 'target', { kind: 'target', from: anchor.at, terms: moment.terms })
  const target = atItsHour(counted, timingOf(draft, opening, kind, counted.at))
  return {
    id: clockId(opening.item, kind),
    kind,
    item: opening.item,
    place: opening.place,
    unit: finestUnit(moment.terms),
    anchor,
    marks: [target],
  }
}

function mark(
  draft: Draft,
  opening: Opening,
  id: string,
  of: { kind: Mark['kind']; from: number | null; terms: Term[]; base?: number; role?: string; every?: Term[] },
): Mark {
  const at = shift(of.from ?? of.base ?? draft.at, of.terms, draft.world.settings, opening.place)
  return {
    id,
    kind: of.kind,
    plan: { from: of.from, terms: of.terms },
    at,
    ...(of.role === undefined ? {} : { role: of.role }),
    ...(of.every ? { every: of.every } : {}),
  }
}

const timingOf = (draft: Draft, { place }: Opening, clock: ClockKind, target: number): Timing => {
  const { state, world, at } = draft
  return { engine: state.engine, clock, now: at, target, settings: world.settings, place }
}

/** A reminder that would be due before the step opened is not sent late: it is left out. */
function reminders(draft: Draft, opening: Opening, spoken: ClockStart): Mark[] {
  const base = spoken.marks[0]?.at ?? draft.at
  return opening.rule.remind
    .map((moment, index) => {
      const fromTarget = moment.anchor.kind === 'due'
      const from = fromTarget ? null : (anchorAt(moment.anchor, draft.at, draft.state, opening.run)?.at ?? draft.at)
      const one = mark(draft, opening, `remind-${index + 1}`, { kind: 'reminder', from, terms: moment.terms, base })
      return atItsHour(one, timingOf(draft, opening, spoken.kind, base))
    })
    .filter((one) => one.at > draft.at && one.at < base)
}

/** The step's own role is skipped on its ladder: it is told at the due moment itself. */
function rungs(draft: Draft, opening: Opening, spoken: ClockStart, roles: ResolvedRole[]): Mark[] {
  const base = spoken.marks[0]?.at ?? draft.at
  const own = roles.flatMap((one) => ('role' in one ? [one.role] : []))
  return opening.rule.ladder
    .filter((rung) => rung.last === true || !own.includes(rung.role))
    .map((rung, index) =>
      mark(draft, opening, `rung-${index + 1}`, {
        kind: 'rung',
        from: null,
        terms: rung.after,
        base,
        role: rung.role,
        ...(rung.every ? { every: rung.every } : {}),
      }),
    )
}
