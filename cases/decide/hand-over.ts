import { namesFor } from '../conditions.ts'
import { decided, emit, liveItems, workOf } from '../progress/draft.ts'
import type { ItemId, ResolvedRole } from '../events.ts'
import { rolesOf } from '../progress/open-step.ts'
import { settle } from '../progress/settle.ts'
import { standInFor } from '../stand-in.ts'
import type { StepState } from '../state.ts'
import type { Decision } from '../world.ts'
import { placeOfCase, supervises, supervisorOf } from './assign.ts'
import { type Asked, type Asking, begin, refused } from './asked.ts'

/** All that somebody has in this case goes to a successor at once; what is restricted stays with its own ladder. */
export function handOver(asked: Asked<'hand_over'>): Decision {
  const { state, act } = asked
  if (state.status === 'closed') return refused({ code: 'case_closed' })
  const { handover, from, to, because, returns } = act
  const theirs = (step: StepState): boolean => step.owner === from || names(step.roles, from)
  const items = openItems(asked, theirs)
  const manager = state.facts['case_manager'] === from
  if (!manager && items.length === 0) return refused({ code: 'not_found' })
  const place = placeOfCase(asked)
  const role = supervises(asked, place)
  if (role === null) return refused(supervisorOf(place))
  const draft = begin(asked, role)
  emit(draft, { kind: 'handed_over', handover, from, to, because, returns, manager, items })
  const [first] = items
  if (first !== undefined) {
    const at = workOf(state, asked.world, first)?.step.place ?? null
    emit(draft, { kind: 'notice_given', item: first, to: `user:${to}`, place: at, notice: 'assigned' })
  }
  settle(draft)
  return decided(draft)
}

/** Back from leave: all comes back but what has ended, and what was given to somebody on purpose since. */
export function handBack(asked: Asked<'hand_back'>): Decision {
  const { state, act } = asked
  if (state.status === 'closed') return refused({ code: 'case_closed' })
  const record = state.handovers?.[act.handover]
  if (!record?.returns) return refused({ code: 'not_found' })
  const { from: to, manager } = record
  const from = standInFor(state, to)
  // What opened for the stand-in as case manager meanwhile is the case manager's.
  const opened = (step: StepState): boolean =>
    manager && step.owner === from && !names(step.roles, from) && isManaged(step.roles)
  const items = openItems(
    asked,
    (step, item) => record.items.includes(item) || opened(step) || (names(step.roles, from) && meant(asked, item, to)),
  )
  const draft = begin(asked, supervises(asked, placeOfCase(asked)) ?? 'supervisor')
  emit(draft, { kind: 'handed_back', handover: act.handover, from, to, manager, items })
  settle(draft)
  return decided(draft)
}

/** Opened meanwhile for the person who was away, by name. */
function meant({ state, world }: Asking, item: ItemId, user: string): boolean {
  const work = workOf(state, world, item)
  return (
    work !== null && names(rolesOf(work.rule, namesFor(state, world.settings, work.run, work.runId), work.run), user)
  )
}
const names = (roles: ResolvedRole[] | undefined, user: string): boolean =>
  (roles ?? []).some((one) => 'user' in one && one.user === user)
const isManaged = (roles: ResolvedRole[] | undefined): boolean =>
  (roles ?? []).some((one) => 'partner' in one || ('role' in one && one.role === 'case_manager'))

function openItems({ state }: Asking, wanted: (step: StepState, item: ItemId) => boolean): ItemId[] {
  return liveItems(state).flatMap(({ item, runId, step }) =>
    state.runs[runId]?.visibleTo === null && step.status === 'open' && wanted(step, item) ? [item] : [],
  )
}
