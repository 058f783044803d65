import type { Extension, Term } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { shift } from '../clocks/place-terms.ts'
import type { Mark } from '../events.ts'
import { decided, emit, type Work } from '../progress/draft.ts'
import { applyHolds } from '../progress/holds.ts'
import { atItsHour } from '../progress/hour-of-day.ts'
import type { Clock } from '../state.ts'
import { holdsRole } from '../who-may.ts'
import { isRefusal, openWork } from '../why-not.ts'
import type { Decision } from '../world.ts'
import { type Asked, begin, refused } from './asked.ts'

/** A named authority gives more time, within the bound that the procedure sets. */
export function extendClock(asked: Asked<'extend_clock'>): Decision {
  const { state, world, action, act } = asked
  const clock = state.clocks[act.clock]
  const work = clock && openWork(state, clock.item, action.by, world)
  if (!clock || !work) return refused({ code: 'not_found' })
  if (isRefusal(work)) return refused(work)
  const rule = extensionOf(work, clock)
  if (!rule) return refused({ code: 'limit_reached', used: 0, most: 0, unit: act.by.unit })
  const place = work.step.place ?? null
  if (!holdsRole(action.by, rule.by, place, world.settings.places)) {
    return refused({ code: 'role_required', who: [{ role: rule.by, place }] })
  }
  if (act.by.unit !== rule.most.unit || act.by.n <= 0 || !Number.isInteger(act.by.n)) {
    const error = { pointer: '/by', code: 'not_an_option' as const, expected: [rule.most.unit] }
    return refused({ code: 'answers_invalid', errors: [error] })
  }
  const used = clock.extended.reduce((sum, term) => sum + term.n, 0)
  if (used + act.by.n > rule.most.n) {
    return refused({ code: 'limit_reached', used, most: rule.most.n, unit: rule.most.unit })
  }
  if (clock.heldBy.length > 0) return refused({ code: 'on_hold', who: [{ role: 'supervisor', place }] })
  const draft = begin(asked, rule.by)
  const marks = extended(clock, act.by, asked)
  emit(draft, { kind: 'clock_extended', clock: act.clock, by: act.by, marks, reason: act.reason })
  applyHolds(draft)
  return decided(draft)
}

export function extensionOf(work: Work, clock: Clock): Extension | undefined {
  return clock.kind === 'lapses' ? work.rule.lapses?.extend : clock.kind === 'due' ? work.rule.extend : undefined
}

/** The target as it would be with that much more time. */
export function movedTarget(clock: Clock, by: Term, settings: Settings): Mark {
  const old = clock.marks.find((mark) => mark.kind === 'target')
  const plan = old ? { ...old.plan, terms: [...old.plan.terms, by] } : { from: clock.target, terms: [by] }
  const at = shift(plan.from ?? clock.target, plan.terms, settings, clock.place)
  return { id: 'target', kind: 'target', plan, at }
}

/** The target moves, even one already past; rungs counted from it move with it; rungs that went out stay out. */
function extended(clock: Clock, by: Term, { state, world }: Asked<'extend_clock'>): Mark[] {
  const { settings, now } = world
  const target = movedTarget(clock, by, settings)
  const { at } = target
  const timing = { engine: state.engine, clock: clock.kind, now, target: at, settings, place: clock.place }
  const others = clock.marks
    .filter((mark) => mark.kind !== 'target')
    .map((mark) => {
      if (mark.plan.from === null) return { ...mark, at: shift(at, mark.plan.terms, settings, clock.place) }
      if (mark.kind === 'reminder') return mark
      const terms = [...mark.plan.terms, by]
      return { ...mark, plan: { ...mark.plan, terms }, at: shift(mark.plan.from, terms, settings, clock.place) }
    })
  return [target, ...others.map((mark) => atItsHour(mark, timing))]
}
