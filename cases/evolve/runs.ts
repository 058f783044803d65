import { STAGES, type StageId } from '../../procedures/language/compiled.ts'
import type { CaseEvent, Entry } from '../events.ts'
import { parseItem } from '../item.ts'
import type { CaseState, Run, StepState } from '../state.ts'
import { dropClocksOfRun } from './clocks.ts'

type RunEvent = Extract<
  CaseEvent,
  { kind: 'run_begun' | 'run_completed' | 'run_stopped' | 'opening_corrected' | 'paid' }
>

export function evolveRun(own: CaseState, entry: Entry, event: RunEvent): void {
  const { runs, clocks } = own
  switch (event.kind) {
    case 'run_begun':
      own.runCount += 1
      runs[event.run] = {
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
      return
    case 'run_completed':
      dropClocksOfRun(clocks, event.run)
      return change(runs, event.run, (run) => ({ ...run, status: 'completed', steps: atRest(run.steps) }))
    case 'run_stopped':
      dropClocksOfRun(clocks, event.run)
      return change(runs, event.run, (run) => ({ ...run, status: 'stopped', steps: atRest(run.steps) }))
    case 'paid':
      return change(runs, parseItem(event.item)?.run ?? '', (run) => {
        const before = run.paid?.[event.budget] ?? 0
        return { ...run, paid: { ...run.paid, [event.budget]: before + event.amount } }
      })
    case 'opening_corrected':
      return change(runs, event.run, (run) => ({
        ...run,
        inputs: { ...run.inputs, ...event.answers },
        personal: { ...run.personal, ...event.personal },
      }))
  }
}

function change(runs: CaseState['runs'], id: string, to: (run: Run) => Run): void {
  const run = runs[id]
  if (run) runs[id] = to(run)
}

/** An ended run keeps outcomes and answers: enough for conditions, corrections and readers, and nothing more. */
const atRest = (steps: Run['steps']): Run['steps'] =>
  Object.fromEntries(Object.entries(steps).map(([id, step]) => [id, stepAtRest(step)]))

function stepAtRest(step: StepState): StepState {
  const { roles: _roles, tags: _tags, proposed: _proposed, within: _within, ...kept } = step
  return step.status === 'done' || step.status === 'not_needed' ? kept : { ...kept, status: 'off_path' }
}

/** The furthest stage that unrestricted steps have reached. */
export function furthest(stage: StageId, reached: StageId, restricted: boolean): StageId {
  if (restricted) return stage
  return STAGES.indexOf(reached) > STAGES.indexOf(stage) ? reached : stage
}
