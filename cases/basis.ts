import { shortDigest } from './chain.ts'
import type { Work } from './progress/draft.ts'
import type { CaseState } from './state.ts'

/**
 * An opaque digest of what somebody saw who was about to act: the submission that is decided, and nothing that a
 * reminder, another run or a hidden one could change.
 */
export function basisOf(state: CaseState, work: Work): string {
  const submitted = work.rule.after.flat().map(({ step }) => {
    const one = work.run.steps[step]
    return [step, one?.round, one?.outcome ?? null, one?.answers ?? null, one?.personal ?? null, one?.evidence ?? null]
  })
  return shortDigest([state.id, work.item, submitted, work.step.proposed ?? null])
}
