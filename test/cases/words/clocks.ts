import type { Term } from '../../../procedures/language/compiled.ts'
import type { CaseEvent, Entry } from '../../../cases/events.ts'
import { finestUnit } from '../../../cases/clocks/measure.ts'
import { shift } from '../../../cases/clocks/place-terms.ts'
import type { Clock } from '../../../cases/state.ts'
import { at, settings as mali } from '../clocks/mali.ts'

/** A clock as the engine starts it: an anchor and the terms of its target. */
export function clockFrom(start: string, terms: Term[], change: Partial<Clock> = {}, settings = mali): Clock {
  const target = shift(at(start), terms, settings, 'ml-kayes')
  return {
    kind: 'due',
    item: 'referral-t9x.answer.2',
    place: 'ml-kayes',
    unit: finestUnit(terms),
    anchor: { kind: 'opening', at: at(start) },
    target,
    status: 'running',
    marks: [{ id: 'target', kind: 'target', plan: { from: at(start), terms }, at: target }],
    fired: [],
    extended: [],
    heldBy: [],
    ...change,
  }
}

export const workingDays = (n: number): Term => ({ n, unit: 'working_days' })

export const entry = (when: string, event: CaseEvent): Entry => ({
  seq: 1,
  at: at(when),
  recorded: at(when),
  by: { kind: 'time' },
  action: null,
  event,
})
