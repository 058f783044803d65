import { decided, liveItems, type Work, workOf } from '../progress/draft.ts'
import { endStep } from '../progress/end-step.ts'
import { settle } from '../progress/settle.ts'
import { placeOfCase, supervises, supervisorOf } from '../who-may.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'

function may(asked: Pointing<'resume'>): May<{ work: Work }> {
  const { state, world } = asked
  const live = liveItems(state).find(({ runId }) => state.runs[runId]?.procedure.id === world.settings.suspension)
  const work = live && workOf(state, world, live.item)
  if (!work) return { code: 'not_found' }
  const role = supervises(asked, placeOfCase(asked))
  return role === null ? supervisorOf(placeOfCase(asked)) : { role, work }
}

/** Ends the open step of the suspension as its procedure would by hand. */
export const resume: ActRules<'resume'> = {
  may,
  decide(asked) {
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { role, work } = allowed
    const outcome = Object.keys(work.rule.outcomes).find(
      (id) => work.rule.outcomes[id]?.byHand && !work.rule.outcomes[id]?.backTo,
    )
    const draft = begin(asked, role)
    const nothing = { answers: {}, personal: {}, absent: {}, evidence: {}, onBehalfOf: null }
    endStep(draft, work, { ...nothing, outcome: outcome ?? 'done', via: asked.action.via, how: 'act' })
    settle(draft)
    return decided(draft)
  },
}
