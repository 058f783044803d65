/** What time does: marks that have come due fire in their order, each with the instant it was due. */

import type { ClockId, Mark } from './events.ts'
import { addDays, dayOf, lastDayOf, startOf } from './clocks/civil.ts'
import { shift } from './clocks/place-terms.ts'
import { evaluated, namesFor } from './conditions.ts'
import { endConsent, isLive } from './progress/consent.ts'
import { decided, type Draft, emit, newDraft, workOf } from './progress/draft.ts'
import { endStep, setFact, silent } from './progress/end-step.ts'
import { openWaiting } from './progress/open-step.ts'
import { settle } from './progress/settle.ts'
import { beginRun, newest } from './progress/start-runs.ts'
import type { CaseState, Clock } from './state.ts'
import type { Instant } from './time.ts'
import type { Decision, World } from './world.ts'

export function wake(state: CaseState, world: World): Decision {
  const draft = newDraft(state, world, { kind: 'time' }, world.now, null)
  while (draft.state.status === 'open' && draft.wanted.size === 0) {
    const cause = earliest(draft.state, world)
    if (!cause || cause.at > world.now) break
    draft.at = cause.at
    draft.now = cause.at
    draft.recorded = cause.at
    if (cause.kind === 'date') beginOnDate(draft, cause.procedure)
    else if (cause.kind === 'consent') endByDate(draft, cause.consent)
    else fire(draft, cause.id, cause.clock, cause.mark)
  }
  return decided(draft)
}

/** The next instant at which time will do something; null when nothing is awaited. */
export function nextWake(state: CaseState, world: Pick<World, 'settings'>): Instant | null {
  return state.status === 'open' ? (earliest(state, world)?.at ?? null) : null
}

type Cause =
  | { kind: 'mark'; at: Instant; id: ClockId; clock: Clock; mark: Mark }
  | { kind: 'date'; at: Instant; procedure: string }
  | { kind: 'consent'; at: Instant; consent: string }

function earliest(state: CaseState, world: Pick<World, 'settings'>): Cause | null {
  let first: Cause | null = null
  for (const [id, clock] of Object.entries(state.clocks)) {
    const mark = clock.heldBy.length === 0 ? clock.marks[0] : undefined
    if (mark && (!first || mark.at < first.at)) first = { kind: 'mark', at: mark.at, id, clock, mark }
  }
  for (const { procedure, on } of world.settings.watchers) {
    const date = on === undefined ? null : state.facts[on]
    if (typeof date !== 'string') continue
    const day = lastDayOf(date)
    const begun = Object.values(state.runs).some((run) => run.procedure.id === procedure && run.key === day)
    if (begun) continue
    const at = startOf(day)
    if (!first || at < first.at) first = { kind: 'date', at, procedure }
  }
  for (const consent of Object.values(state.consents)) {
    const { id, until } = consent
    if (until === null || !isLive(consent)) continue
    const at = startOf(addDays(until, 1))
    if (!first || at < first.at) first = { kind: 'consent', at, consent: id }
  }
  return first
}

/** A consent holds through its last day; every gate that asks for it closes then. */
function endByDate(draft: Draft, consent: string): void {
  endConsent(draft, consent, 'consent_ended')
  settle(draft)
}

/** Once for each day that the fact has named: a date that was wrong can be put right. What the law ties to the day, the day sets. */
function beginOnDate(draft: Draft, procedure: string): void {
  const run = beginRun(draft, { procedure, key: dayOf(draft.at), inputs: {}, personal: {}, startedBy: null })
  if (run === null) return
  const names = namesFor(draft.state, draft.world.settings, null, null)
  for (const [fact, expression] of Object.entries(newest(draft, procedure)?.set ?? {})) {
    const value = evaluated(expression, names)
    if (value !== undefined) setFact(draft, fact, value, null)
  }
  settle(draft)
}

function fire(draft: Draft, id: ClockId, clock: Clock, mark: Mark): void {
  if (mark.kind !== 'target') return tell(draft, id, clock, mark)
  const work = workOf(draft.state, draft.world, clock.item)
  switch (clock.kind) {
    case 'opens':
      if (work) openWaiting(draft, work)
      return settle(draft)
    case 'due':
      emit(draft, { kind: 'clock_breached', clock: id })
      for (const to of ownRoles(draft, clock)) {
        const mark = dueRung(clock)
        emit(draft, { kind: 'rung_fired', clock: id, mark, rung: 'due', to, place: clock.place, next: null })
      }
      return
    case 'lapses':
      if (work?.rule.lapses) endStep(draft, work, silent(work.rule.lapses.outcome, 'lapse'))
      return settle(draft)
  }
}

/** A clock that was extended after its breach can fall due again: that is another rung. */
function dueRung(clock: Clock): string {
  const before = new Set(clock.fired.flatMap(({ mark }) => (mark.startsWith('due') ? [mark] : []))).size
  return before === 0 ? 'due' : `due+${before + 1}`
}

function tell(draft: Draft, id: ClockId, clock: Clock, mark: Mark): void {
  const rung = mark.kind === 'reminder' ? 'reminder' : 'escalation'
  const to = mark.role ?? ownRoles(draft, clock)[0] ?? 'case_manager'
  emit(draft, {
    kind: 'rung_fired',
    clock: id,
    mark: mark.id,
    rung,
    to,
    place: clock.place,
    next: again(draft, clock, mark),
  })
}

/** The last rung speaks again and again until a named person acts; every time is a rung of its own. */
function again(draft: Draft, clock: Clock, mark: Mark): Mark | null {
  if (!mark.every) return null
  const [base = mark.id, count = '1'] = mark.id.split('+')
  const at = shift(mark.at, mark.every, draft.world.settings, clock.place)
  return { ...mark, id: `${base}+${Number(count) + 1}`, plan: { from: mark.at, terms: mark.every }, at }
}

/** Whom a step's own reminders tell: its first role, its named user's role, or its partner. */
function ownRoles(draft: Draft, clock: Clock): string[] {
  const work = workOf(draft.state, draft.world, clock.item)
  const [first] = work?.step.roles ?? []
  if (!first) return ['case_manager']
  if ('role' in first) return [first.role]
  return 'partner' in first ? [`partner:${first.partner}`, 'case_manager'] : [`user:${first.user}`]
}
