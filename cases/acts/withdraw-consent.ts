import { endConsent } from '../progress/consent.ts'
import { decided } from '../progress/draft.ts'
import { settle } from '../progress/settle.ts'
import { keeperOf, placeOfCase } from '../who-may.ts'
import { assignableRole, seesRun } from '../who-sees.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'

/** Those who keep consents; what was agreed in confidence is taken back before those who keep the confidence. */
function may({ act, ...asked }: Pointing<'withdraw_consent'>): May {
  const { state, action, world } = asked
  const { places } = world.settings
  const consent = state.consents[act.consent]
  const run = state.runs[consent?.run ?? '']
  if (run && !seesRun(run, state, action.by, places)) return { code: 'not_found' }
  if (!consent || consent.state === 'withdrawn' || consent.state === 'ended') return { code: 'not_found' }
  const role = keeperOf(asked, state) ?? (run ? assignableRole(run, state, action.by, places) : null)
  return role === null
    ? { code: 'role_required', who: [{ role: 'case_manager', place: placeOfCase(asked) }] }
    : { role }
}

/** Withdrawal takes effect at once: gates close, runs that live by it stop, partners are asked to erase. */
export const withdrawConsent: ActRules<'withdraw_consent'> = {
  may,
  decide(asked) {
    const { state, action, world, act } = asked
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const draft = begin(asked, allowed.role, Math.min(action.happened, world.now))
    endConsent(draft, act.consent, 'consent_withdrawn')
    if (state.status === 'open') settle(draft)
    return decided(draft)
  },
}
