import { circumstances } from '../circumstances.ts'
import { decided, emit, runOf } from '../progress/draft.ts'
import { setFact } from '../progress/end-step.ts'
import { replan } from '../progress/replan.ts'
import { settle } from '../progress/settle.ts'
import type { CaseState } from '../state.ts'
import type { Decision } from '../world.ts'
import { placeOfCase } from './assign.ts'
import { type Asked, begin, refused } from './asked.ts'
import { keeperOf } from './consents.ts'
import { correctionErrors } from './correct-answer.ts'

/**
 * What was told when the case was opened turns out otherwise: a name, a telephone, the day of arrival. Facts are set
 * again and clocks that count from them are counted again.
 */
export function correctOpening(asked: Asked<'correct_opening'>): Decision {
  const { state, world, act, action } = asked
  const run = openingRun(state)
  const opening = run === null ? null : runOf(state, world, run)
  if (run === null || !opening) return refused({ code: 'not_found' })
  const role = keeperOf(asked, state)
  if (role === null)
    return refused({ code: 'role_required', who: [{ role: 'registration_agent', place: placeOfCase(asked) }] })
  const errors = correctionErrors(opening.procedure.inputs, act, circumstances(world, action.happened))
  if (errors.length > 0) return refused({ code: 'answers_invalid', errors })

  const draft = begin(asked, role)
  const { answers, personal, reason } = act
  emit(draft, { kind: 'opening_corrected', run, answers, personal, reason })
  if (state.status === 'open') {
    for (const [input, value] of Object.entries(answers)) {
      const plain = value === null || typeof value !== 'object'
      if (plain && input in world.settings.facts && value !== state.facts[input]) setFact(draft, input, value, null)
    }
    replan(draft, 'correction')
    settle(draft)
  }
  return decided(draft)
}

/** The run with which a case of a person began; null for an arrival. */
export function openingRun({ subject, runs }: CaseState): string | null {
  return subject === 'case' ? (Object.keys(runs)[0] ?? null) : null
}
