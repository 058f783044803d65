import { type Act, type Action, NOT_AFTER_MS, type Principal } from '../../cases/actions.ts'
import type { Via } from '../../cases/events.ts'
import type { Instant } from '../../cases/time.ts'
import { actionId, contentDigest } from '../case/idempotency.ts'
import type { Deps } from '../context/deps.ts'

interface Sender {
  caseId: string
  session: { user: string; principal: Principal }
  /** Business time at which it was received. */
  now: Instant
}
interface Content {
  key: string
  /** The request as it came, for its digest. */
  content: object
  happened: Instant
  via: Via
}

/** The same key from the same sender is the same action; other content under it is refused. */
export const newAction = (deps: Deps, { caseId, session, now }: Sender, act: Act, sent: Content): Action => ({
  id: actionId(deps.idKey, session.user, act.act, caseId, sent.key),
  digest: contentDigest(deps.idKey, act.act, { ...sent.content }),
  by: session.principal,
  via: sent.via,
  happened: sent.happened,
  received: now,
  notAfter: deps.realNow() + NOT_AFTER_MS,
  act,
})
