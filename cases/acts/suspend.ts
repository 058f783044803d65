import type { Answers } from '../events.ts'
import type { ActRules } from './act.ts'
import { beginNamed, mayBegin } from './begin-procedure.ts'

/** A suspension is a procedure like any other: its step holds every clock and has a clock of its own. */
export const suspend: ActRules<'suspend'> = {
  may: (asked) => mayBegin(asked, { procedure: asked.world.settings.suspension }),
  decide(asked) {
    const answers: Answers = { review_on: asked.act.reviewOn }
    const given = { answers, personal: { reason: asked.act.reason }, absent: {} }
    return beginNamed(asked, asked.world.settings.suspension, given)
  },
}
