import { circumstances } from '../circumstances.ts'
import { openingRun } from '../opening-run.ts'
import { decided, emit, type Place, runOf } from '../progress/draft.ts'
import { setFact } from '../progress/end-step.ts'
import { replan } from '../progress/replan.ts'
import { settle } from '../progress/settle.ts'
import { keeperOf, placeOfCase } from '../who-may.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'
import { correctionErrors } from './correction-errors.ts'

function may(asked: Pointing<'correct_opening'>): May<{ opening: Place }> {
  const { state, world } = asked
  const run = openingRun(state)
  const opening = run === null ? null : runOf(state, world, run)
  if (!opening) return { code: 'not_found' }
  const role = keeperOf(asked, state)
  return role === null
    ? { code: 'role_required', who: [{ role: 'registration_agent', place: placeOfCase(asked) }] }
    : { role, opening }
}

/**
 * What was told when the case was opened turns out otherwise: a name, a telephone, the day of arrival. Facts are set
 * again and clocks that count from them are counted again.
 */
export const correctOpening: ActRules<'correct_opening'> = {
  may,
  decide(asked) {
    const { state, world, act, action } = asked
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { role, opening } = allowed
    const errors = correctionErrors(opening.procedure.inputs, act, circumstances(world, action.happened))
    if (errors.length > 0) return refused({ code: 'answers_invalid', errors })

    const draft = begin(asked, role)
    const { answers, personal, reason } = act
    emit(draft, { kind: 'opening_corrected', run: opening.runId, answers, personal, reason })
    if (state.status === 'open') {
      for (const [input, value] of Object.entries(answers)) {
        const plain = value === null || typeof value !== 'object'
        if (plain && input in world.settings.facts && value !== state.facts[input]) setFact(draft, input, value, null)
      }
      replan(draft, 'correction')
      settle(draft)
    }
    return decided(draft)
  },
}
