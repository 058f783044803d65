import type { ItemId } from '../events.ts'
import { decided, emit, workOf } from '../progress/draft.ts'
import { settle } from '../progress/settle.ts'
import { placeOfCase, supervises, supervisorOf } from '../who-may.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'
import { namesUser, openItems } from './handed-items.ts'

function may(asked: Pointing<'hand_over'>): May<{ items: ItemId[]; manager: boolean }> {
  const { state, act } = asked
  if (state.status === 'closed') return { code: 'case_closed' }
  const items = openItems(state, (step) => step.owner === act.from || namesUser(step.roles, act.from))
  const manager = state.facts['case_manager'] === act.from
  if (!manager && items.length === 0) return { code: 'not_found' }
  const place = placeOfCase(asked)
  const role = supervises(asked, place)
  return role === null ? supervisorOf(place) : { role, items, manager }
}

/** All that somebody has in this case goes to a successor at once; what is restricted stays with its own ladder. */
export const handOver: ActRules<'hand_over'> = {
  may,
  decide(asked) {
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { role, items, manager } = allowed
    const { handover, from, to, because, returns } = asked.act
    const draft = begin(asked, role)
    emit(draft, { kind: 'handed_over', handover, from, to, because, returns, manager, items })
    const [first] = items
    if (first !== undefined) {
      const at = workOf(asked.state, asked.world, first)?.step.place ?? null
      emit(draft, { kind: 'notice_given', item: first, to: `user:${to}`, place: at, notice: 'assigned' })
    }
    settle(draft)
    return decided(draft)
  },
}
