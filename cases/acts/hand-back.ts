import { namesFor } from '../conditions.ts'
import type { ItemId, ResolvedRole } from '../events.ts'
import { decided, emit, workOf } from '../progress/draft.ts'
import { rolesOf } from '../progress/open-step.ts'
import { settle } from '../progress/settle.ts'
import { standInFor } from '../stand-in.ts'
import type { CaseState, StepState } from '../state.ts'
import { placeOfCase, supervises } from '../who-may.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { type Asking, begin, refused } from './asked.ts'
import { namesUser, openItems } from './handed-items.ts'

type Kept = NonNullable<CaseState['handovers']>[string]

/** The engine itself gives back, in the name of the supervisor who had it handed over. */
function may(asked: Pointing<'hand_back'>): May<{ record: Kept }> {
  const { state, act } = asked
  if (state.status === 'closed') return { code: 'case_closed' }
  const record = state.handovers?.[act.handover]
  if (!record?.returns) return { code: 'not_found' }
  return { role: supervises(asked, placeOfCase(asked)) ?? 'supervisor', record }
}

/** Back from leave: all comes back but what has ended, and what was given to somebody on purpose since. */
export const handBack: ActRules<'hand_back'> = {
  may,
  decide(asked) {
    const { state, act } = asked
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { role, record } = allowed
    const { from: to, manager } = record
    const from = standInFor(state, to)
    // What opened for the stand-in as case manager meanwhile is the case manager's.
    const opened = (step: StepState): boolean =>
      manager && step.owner === from && !namesUser(step.roles, from) && isManaged(step.roles)
    const items = openItems(
      state,
      (step, item) =>
        record.items.includes(item) || opened(step) || (namesUser(step.roles, from) && meant(asked, item, to)),
    )
    const draft = begin(asked, role)
    emit(draft, { kind: 'handed_back', handover: act.handover, from, to, manager, items })
    settle(draft)
    return decided(draft)
  },
}

/** Opened meanwhile for the person who was away, by name. */
function meant({ state, world }: Asking, item: ItemId, user: string): boolean {
  const work = workOf(state, world, item)
  if (work === null) return false
  return namesUser(rolesOf(work.rule, namesFor(state, world.settings, work.run, work.runId), work.run), user)
}
const isManaged = (roles: ResolvedRole[] | undefined): boolean =>
  (roles ?? []).some((one) => 'partner' in one || ('role' in one && one.role === 'case_manager'))
