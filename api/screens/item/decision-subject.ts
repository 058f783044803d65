/** What a decision is about: the submission as it stands, who made it, and what changed since it was sent back. */

import type { Work } from '../../../cases/progress/draft.ts'
import { endedBy } from '../../../cases/who-may.ts'
import type { LoadedCase } from '../../case/load-case.ts'
import type { Deps } from '../../context/deps.ts'
import { namedOrNull } from '../../texts/names.ts'
import { changesBetween } from '../../texts/changes.ts'
import { type Kept, submissionOf } from '../../texts/submission.ts'

/** null for a task. */
export function decisionSubjectOf(deps: Deps, loaded: LoadedCase, work: Work, kept: Kept) {
  if (work.rule.kind !== 'decision') return null
  const labels = loaded.labelsOf(loaded.state)
  return work.rule.after.flat().flatMap(({ step }) => {
    const state = work.run.steps[step]
    const item = `${work.runId}.${step}.${state?.round ?? 1}`
    const submission = state?.status === 'done' ? submissionOf(deps, loaded, item, kept) : undefined
    if (!state || !submission) return []
    const before = `${work.runId}.${step}.${state.round - 1}`
    return [
      {
        step: `${loaded.number}.${item}`,
        title: labels.step(item),
        outcome: labels.outcome(item, submission.outcome),
        by: namedOrNull(endedBy(state), labels.user),
        on: new Date(state.endedAt ?? 0).toISOString().slice(0, 10),
        answers: submission.answers,
        documents: submission.documents,
        changed_since_last_round: changesBetween(submissionOf(deps, loaded, before, kept), submission),
      },
    ]
  })
}
