import { STAGES, type StageId } from '../../procedures/language/compiled.ts'
import type { CaseEvent, Entry } from '../events.ts'
import { parseItem } from '../item.ts'
import type { CaseState, Run, StepState } from '../state.ts'
import { withoutClocksOfRun } from './clocks.ts'

type RunEvent = Extract<
  CaseEvent,
  { kind: 'run_begun' | 'run_completed' | 'run_stopped' | 'opening_corrected' | 'paid' }
>

export function evolveRun(state: CaseState, entry: Entry, event: RunEvent): CaseState {
  switch (event.kind) {
    case 'run_begun': {
      const run: Run = {
        procedure: event.procedure,
        status: 'open',
        stage: event.stage,
        begun: entry.at,
        key: event.key,
        inputs: event.inputs,
        personal: event.personal,
        startedBy: event.startedBy,
        visibleTo: event.visibleTo,
        hiddenFrom: event.hiddenFrom,
        steps: Object.fromEntries(event.steps.map((step) => [step, { status: 'pending', round: 0 }])),
      }
      return { ...state, runs: { ...state.runs, [event.run]: run }, runCount: state.runCount + 1 }
    }
    case 'run_completed':
      return endRun(state, event.run, 'completed')
    case 'run_stopped':
      return endRun(state, event.run, 'stopped')
    case 'paid': {
      const id = parseItem(event.item)?.run ?? ''
      const run = state.runs[id]
      if (!run) return state
      const paid = { ...run.paid, [event.budget]: (run.paid?.[event.budget] ?? 0) + event.amount }
      return { ...state, runs: { ...state.runs, [id]: { ...run, paid } } }
    }
    case 'opening_corrected': {
      const run = state.runs[event.run]
      if (!run) return state
      const inputs = { ...run.inputs, ...event.answers }
      const personal = { ...run.personal, ...event.personal }
      return { ...state, runs: { ...state.runs, [event.run]: { ...run, inputs, personal } } }
    }
  }
}

/** An ended run keeps outcomes and answers: enough for conditions, corrections and readers, and nothing more. */
function endRun(state: CaseState, id: string, status: 'completed' | 'stopped'): CaseState {
  const run = state.runs[id]
  if (!run) return state
  const steps = Object.fromEntries(Object.entries(run.steps).map(([step, one]) => [step, atRest(one)]))
  return {
    ...state,
    runs: { ...state.runs, [id]: { ...run, status, steps } },
    clocks: withoutClocksOfRun(state.clocks, id),
  }
}

function atRest(step: StepState): StepState {
  const { roles: _roles, tags: _tags, proposed: _proposed, within: _within, ...kept } = step
  return step.status === 'done' || step.status === 'not_needed' ? kept : { ...kept, status: 'off_path' }
}

/** The furthest stage that unrestricted steps have reached. */
export function furthest(stage: StageId, reached: StageId, restricted: boolean): StageId {
  if (restricted) return stage
  return STAGES.indexOf(reached) > STAGES.indexOf(stage) ? reached : stage
}
