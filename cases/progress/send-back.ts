/**
 * `back_to: X`: X reopens; the steps between X and here are done again; what hung below X and was not needed or off the
 * path is asked again; other done steps stay done.
 */

import type { BackTo, CompiledProcedure } from '../../procedures/language/compiled.ts'
import { itemId } from '../item.ts'
import { type Draft, emit, type Work } from './draft.ts'
import { releaseHolds } from './holds.ts'

export function sendBack(draft: Draft, work: Work, outcome: string, back: BackTo): void {
  const run = draft.state.runs[work.runId] ?? work.run
  const { steps } = run
  const again = stepsAgain({ ...work, run }, back.step)
  for (const id of again) releaseHolds(draft, itemId(work.runId, id, steps[id]?.round ?? 0))
  emit(draft, { kind: 'sent_back', item: work.item, to: back.step, outcome, steps: again, within: back.within })
}

/** What is done again, or asked again, when `to` reopens because of what happened at this step. */
export function stepsAgain({ procedure, rule, run }: Work, to: string): string[] {
  const below = descendants(procedure, to)
  const above = ancestors(procedure, rule.id)
  return procedure.steps
    .map(({ id }) => id)
    .filter((id) => {
      const status = run.steps[id]?.status
      if (id === to || (below.has(id) && above.has(id))) return true
      return below.has(id) && (status === 'not_needed' || status === 'off_path')
    })
}

function descendants(procedure: CompiledProcedure, from: string): Set<string> {
  const found = new Set([from])
  for (const rule of procedure.steps) {
    if (rule.after.flat().some((one) => found.has(one.step))) found.add(rule.id)
  }
  return found
}

function ancestors(procedure: CompiledProcedure, of: string): Set<string> {
  const found = new Set([of])
  for (const rule of procedure.steps.toReversed()) {
    if (found.has(rule.id)) for (const one of rule.after.flat()) found.add(one.step)
  }
  return found
}
