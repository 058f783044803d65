/** What follows by itself: steps open, turn out not needed, or fall off the path, until nothing moves. */

import type { Step } from '../../procedures/language/compiled.ts'
import { holds, namesFor } from '../conditions.ts'
import { itemId } from '../item.ts'
import type { Run } from '../state.ts'
import { type Draft, emit, isWork, liveItems, runOf } from './draft.ts'
import { applyHolds } from './holds.ts'
import { askStep } from './open-step.ts'
import { beginByCondition, beginRun, startRuns } from './start-runs.ts'

/** Kleene: null while it is still open. */
export function afterValue(step: Step, run: Run): boolean | null {
  let answer: boolean | null = true
  for (const alternatives of step.after) {
    const values = alternatives.map(({ step: id, outcome }) => endedAs(run, id, outcome))
    const any = values.includes(true) ? true : values.every((value) => value === false) ? false : null
    if (any === false) return false
    if (any === null) answer = null
  }
  return answer
}

function endedAs(run: Run, id: string, outcome: string | undefined): boolean | null {
  const step = run.steps[id]
  if (!step) return false
  switch (step.status) {
    case 'pending':
    case 'waiting':
    case 'open':
      return null
    case 'off_path':
      return false
    case 'not_needed':
      return outcome === undefined || outcome === 'not_needed'
    case 'done':
      return outcome === undefined || step.outcome === outcome
  }
}

/** Settles every open run, begins what conditions ask for, and never leaves an open case with nothing open. */
export function settle(draft: Draft): void {
  let seen = -1
  while (seen !== draft.state.seq && draft.wanted.size === 0) {
    seen = draft.state.seq
    for (const [runId, run] of Object.entries(draft.state.runs)) if (run.status === 'open') settleRun(draft, runId)
    if (draft.state.status !== 'open') return
    beginByCondition(draft)
    // Only at rest: a run that has just begun has not been asked yet what it opens.
    if (seen === draft.state.seq) whatNext(draft)
  }
  applyHolds(draft)
}

function settleRun(draft: Draft, runId: string): void {
  const procedure = runOf(draft.state, draft.world, runId)?.procedure
  if (!procedure) return
  for (const rule of procedure.steps) {
    const run = draft.state.runs[runId]
    const step = run?.steps[rule.id]
    if (!run || run.status !== 'open' || step?.status !== 'pending') continue
    const value = step.within ? true : afterValue(rule, run)
    if (value === null) continue
    if (value === false) {
      emit(draft, { kind: 'step_off_path', item: itemId(runId, rule.id, step.round) })
    } else if (isWork(rule)) {
      askStep(draft, runId, rule)
    } else {
      const wanted = holds(rule.when, namesFor(draft.state, draft.world.settings, run, runId))
      if (wanted) startRuns(draft, runId, rule)
      else emit(draft, { kind: 'step_not_needed', item: itemId(runId, rule.id, step.round) })
    }
  }
  const steps = Object.values(draft.state.runs[runId]?.steps ?? {})
  const busy = steps.some((step) => step.status === 'open' || step.status === 'waiting' || step.status === 'pending')
  if (!busy && draft.state.runs[runId]?.status === 'open') emit(draft, { kind: 'run_completed', run: runId })
}

/**
 * Nobody is forgotten: an open case with nothing open asks its case manager what comes next. What is restricted does
 * not count, or whoever sees nothing open and is not asked would know that there is something.
 */
function whatNext(draft: Draft): void {
  const ordinary = liveItems(draft.state).filter(({ runId }) => draft.state.runs[runId]?.visibleTo === null)
  if (draft.wanted.size > 0 || ordinary.length > 0) return
  if (draft.state.subject === 'arrival') {
    emit(draft, { kind: 'case_closed', reason: 'completed' })
    return
  }
  beginRun(draft, { procedure: draft.world.settings.whatNext, key: null, inputs: {}, personal: {}, startedBy: null })
}
