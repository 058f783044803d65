import type { ItemId } from '../events.ts'
import { parseItem } from '../item.ts'
import type { CaseState, StepState } from '../state.ts'

/** Puts another step, in another run, where there were one; nothing when no such step is there. */
export function changeStep(
  runs: CaseState['runs'],
  item: ItemId,
  to: (step: StepState, round: number) => StepState,
): void {
  const parts = parseItem(item)
  const run = parts && runs[parts.run]
  const step = run?.steps[parts?.step ?? '']
  if (!parts || !run || !step) return
  runs[parts.run] = { ...run, steps: { ...run.steps, [parts.step]: to(step, parts.round) } }
}
