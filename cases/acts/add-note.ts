import { decided, emit } from '../progress/draft.ts'
import { root } from '../places.ts'
import { holdsRole } from '../who-may.ts'
import { isRefusal, openWork } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'

/** Anybody who works at the place of the case, or of the step. */
function may({ state, world, action, act }: Pointing<'add_note'>): May {
  const work = act.step === null ? null : openWork(state, act.step, action.by, world)
  if (work && isRefusal(work) && work.code === 'not_found') return work
  const place = state.facts['home'] ?? state.facts['centre'] ?? root(world.settings.places)
  const roles = action.by.kind === 'user' ? action.by.holds.map((held) => held.role) : []
  const at = work && !isRefusal(work) ? (work.step.place ?? null) : null
  const roleAt = (where: string | null) => roles.find((one) => holdsRole(action.by, one, where, world.settings.places))
  const role = roleAt(String(place)) ?? (at === null ? undefined : roleAt(at))
  if (role === undefined) return { code: 'place_required', who: [{ role: 'case_manager', place: String(place) }] }
  return { role }
}

/** The text of a note is sealed elsewhere. */
export const addNote: ActRules<'add_note'> = {
  may,
  decide(asked) {
    const { action, act, world } = asked
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const draft = begin(asked, allowed.role, Math.min(action.happened, world.now))
    emit(draft, { kind: 'noted', item: act.step, text: act.text })
    return decided(draft)
  },
}
