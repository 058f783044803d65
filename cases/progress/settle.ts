/** What follows by itself: steps open, turn out not needed, or fall off the path, until nothing moves. */

import type { Step } from '../../procedures/language/compiled.ts'
import { holds, namesLater } from '../conditions.ts'
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

/** Runs of which nothing follows by itself as long as they are what they are: a run that changes is another value. */
const settled = new WeakSet<Run>()

/** Settles every open run, begins what conditions ask for, and never leaves an open case with nothing open. */
export function settle(draft: Draft): void {
  let seen = -1
  while (seen !== draft.state.seq && draft.wanted.size === 0) {
    seen = draft.state.seq
    for (const runId of Object.keys(draft.state.runs)) settleRun(draft, runId)
    if (draft.state.status !== 'open') return
    beginByCondition(draft)
    // Only at rest: a run that has just begun has not been asked yet what it opens.
    if (seen === draft.state.seq) whatNext(draft)
  }
  applyHolds(draft)
}

function settleRun(draft: Draft, runId: string): void {
  const before = runOf(draft.state, draft.world, runId)
  if (before?.run.status !== 'open' || settled.has(before.run)) return
  for (const rule of before.procedure.steps) {
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
      const wanted = holds(rule.when, namesLater(draft.state, draft.world.settings, run, runId))
      if (wanted) startRuns(draft, runId, rule)
      else emit(draft, { kind: 'step_not_needed', item: itemId(runId, rule.id, step.round) })
    }
  }
  const run = draft.state.runs[runId]
  if (run?.status !== 'open') return
  const steps = Object.values(run.steps)
  const busy = steps.some((step) => step.status === 'open' || step.status === 'waiting' || step.status === 'pending')
  if (!busy) emit(draft, { kind: 'run_completed', run: runId })
  else if (run === before.run && draft.wanted.size === 0) settled.add(run)
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
