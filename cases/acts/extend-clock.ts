import type { Extension, Term } from '../../procedures/language/compiled.ts'
import { shift } from '../clocks/place-terms.ts'
import type { Mark } from '../events.ts'
import { extensionOf, movedTarget, timeGiven } from '../extension.ts'
import { decided, emit } from '../progress/draft.ts'
import { applyHolds } from '../progress/holds.ts'
import { atItsHour } from '../progress/hour-of-day.ts'
import type { Refusal } from '../refusals.ts'
import type { Clock } from '../state.ts'
import { holdsRole } from '../who-may.ts'
import { isRefusal, openWork } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { type Asked, begin, refused } from './asked.ts'

interface Extending {
  clock: Clock
  rule: Extension
  place: string | null
}

/** The authority that the procedure names; a step without one has no more time to give. */
function authority({ state, world, action, act }: Pointing<'extend_clock'>, unit?: string): May<Extending> {
  const clock = state.clocks[act.clock]
  const work = clock && openWork(state, clock.item, action.by, world)
  if (!clock || !work) return { code: 'not_found' }
  if (isRefusal(work)) return work
  const rule = extensionOf(work, clock)
  if (!rule) return { code: 'limit_reached', used: 0, most: 0, unit: unit ?? '' }
  const place = work.step.place ?? null
  if (!holdsRole(action.by, rule.by, place, world.settings.places))
    return { code: 'role_required', who: [{ role: rule.by, place }] }
  return { role: rule.by, clock, rule, place }
}

const beyond = ({ clock, rule }: Extending, n: number): Refusal | null =>
  timeGiven(clock) + n > rule.most.n
    ? { code: 'limit_reached', used: timeGiven(clock), most: rule.most.n, unit: rule.most.unit }
    : null

const held = ({ clock, place }: Extending): Refusal | null =>
  clock.heldBy.length > 0 ? { code: 'on_hold', who: [{ role: 'supervisor', place }] } : null

/** A named authority gives more time, within the bound that the procedure sets. */
export const extendClock: ActRules<'extend_clock'> = {
  /** Not with nothing left to give, and not while a hold has stopped the clock. */
  may(asked) {
    const allowed = authority(asked)
    return isRefusal(allowed) ? allowed : (beyond(allowed, 1) ?? held(allowed) ?? allowed)
  },
  decide(asked) {
    const { act } = asked
    const allowed = authority(asked, act.by.unit)
    if (isRefusal(allowed)) return refused(allowed)
    const { clock, rule } = allowed
    if (act.by.unit !== rule.most.unit || act.by.n <= 0 || !Number.isInteger(act.by.n)) {
      const error = { pointer: '/by', code: 'not_an_option' as const, expected: [rule.most.unit] }
      return refused({ code: 'answers_invalid', errors: [error] })
    }
    const not = beyond(allowed, act.by.n) ?? held(allowed)
    if (not) return refused(not)
    const draft = begin(asked, rule.by)
    const marks = extended(clock, act.by, asked)
    emit(draft, { kind: 'clock_extended', clock: act.clock, by: act.by, marks, reason: act.reason })
    applyHolds(draft)
    return decided(draft)
  },
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
