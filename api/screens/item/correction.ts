import { correctingRole } from '../../../cases/decide/correct-answer.ts'
import type { Work } from '../../../cases/progress/draft.ts'
import type { CaseAtHand } from '../../acts/case-at-hand.ts'
import type { Permitted } from './acts.ts'

const LABEL = { fr: 'Corriger ce qui a été saisi', en: 'Correct what was entered' } as const

/** What the viewer may do with a step that has ended. */
export function correctionOf(hand: CaseAtHand, work: Work): Permitted[] {
  const { number, language, world } = hand
  const ended = work.step.status === 'done' && work.round === work.step.round && work.rule.form.length > 0
  if (!ended || correctingRole({ world, action: { by: hand.session.principal } }, hand.seen, work) === null) return []
  return [
    {
      act: 'correct_answer',
      label: LABEL[language],
      method: 'POST',
      href: `/api/v1/cases/${number}/actions/correct_answer`,
      body: { step: `${number}.${work.item}` },
      fill: ['answers', 'reason'],
    },
  ]
}
