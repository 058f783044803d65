/** For a step that comes back: what was answered the round before, and the remarks of whoever sent it back. */

import type { Work } from '../../../cases/progress/draft.ts'
import type { LoadedCase } from '../../case/load-case.ts'
import type { Deps } from '../../context/deps.ts'
import { Remarks } from './schema.ts'
import { type Kept, sendBackTo, submissionOf } from '../../texts/submission.ts'

export function previousOf(deps: Deps, loaded: LoadedCase, work: Work, kept: Kept) {
  if (work.round < 2) return null
  const submission = submissionOf(deps, loaded, `${work.runId}.${work.rule.id}.${work.round - 1}`, kept)
  const back = sendBackTo(work.item, kept.entries)
  const remarks = kept.personal.find((one) => one.actionId === back?.entry.action && one.field === 'remarks')
  return {
    outcome: submission?.outcome ?? null,
    answers: Object.fromEntries((submission?.answers ?? []).map(({ id, value }) => [id, value])),
    sent_back: back
      ? { at: new Date(back.entry.at).toISOString(), remarks: Remarks.parse(remarks?.value ?? []) }
      : null,
  }
}
