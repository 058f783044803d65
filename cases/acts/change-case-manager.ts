import { decided } from '../progress/draft.ts'
import { setFact } from '../progress/end-step.ts'
import { settle } from '../progress/settle.ts'
import { placeOfCase, supervises, supervisorOf } from '../who-may.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'

function may(asked: Pointing<'change_case_manager'>): May {
  if (asked.state.status === 'closed') return { code: 'case_closed' }
  const place = placeOfCase(asked)
  const role = supervises(asked, place)
  return role === null ? supervisorOf(place) : { role }
}

/** All open steps of the role move with it. */
export const changeCaseManager: ActRules<'change_case_manager'> = {
  may,
  decide(asked) {
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const draft = begin(asked, allowed.role)
    setFact(draft, 'case_manager', asked.act.to, null)
    settle(draft)
    return decided(draft)
  },
}
