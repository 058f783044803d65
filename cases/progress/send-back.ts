/**
 * `back_to: X`: X reopens; the steps between X and here are done again; what hung below X and was not needed or off the
 * path is asked again; other done steps stay done.
 */

import type { BackTo, CompiledProcedure } from '../../procedures/language/compiled.ts'
import { itemId } from '../item.ts'
import { type Draft, emit, type Work } from './draft.ts'
import { releaseHolds } from './holds.ts'

export function sendBack(draft: Draft, work: Work, outcome: string, back: BackTo): void {
  const below = descendants(work.procedure, back.step)
  const above = ancestors(work.procedure, work.rule.id)
  const steps = draft.state.runs[work.runId]?.steps ?? {}
  const again = work.procedure.steps
    .map((rule) => rule.id)
    .filter((id) => {
      const status = steps[id]?.status
      if (id === back.step || (below.has(id) && above.has(id))) return true
      return below.has(id) && (status === 'not_needed' || status === 'off_path')
    })
  for (const id of again) releaseHolds(draft, itemId(work.runId, id, steps[id]?.round ?? 0))
  emit(draft, { kind: 'sent_back', item: work.item, to: back.step, outcome, steps: again, within: back.within })
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
