import { type Draft, emit } from './draft.ts'
import { stopRun } from './start-runs.ts'

/** A closed case has no live clock and no open step: every open run stops first. */
export function closeCase(draft: Draft, reason: string): void {
  for (const [id, run] of Object.entries(draft.state.runs)) {
    if (run.status === 'open') stopRun(draft, id, 'case_closed')
  }
  emit(draft, { kind: 'case_closed', reason })
}
