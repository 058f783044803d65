import type { Term } from '../../procedures/language/compiled.ts'
import type { CaseEvent, ClockStart, Entry, ItemId } from '../events.ts'
import { itemId, parseItem } from '../item.ts'
import type { CaseState, StepState } from '../state.ts'
import { changeStep } from './change-step.ts'
import { dropClocksOf, moveClocks, startClocks } from './clocks.ts'
import { itemChosen } from './handovers.ts'
import { furthest } from './runs.ts'

type StepEvent = Extract<
  CaseEvent,
  {
    kind:
      | 'step_waiting'
      | 'step_opened'
      | 'step_not_needed'
      | 'step_off_path'
      | 'step_ended'
      | 'sent_back'
      | 'step_reopened'
      | 'repeated'
      | 'step_moved'
      | 'step_assigned'
      | 'override_proposed'
      | 'answer_corrected'
  }
>

export function evolveStep(own: CaseState, entry: Entry, event: StepEvent): void {
  const { runs, clocks } = own
  switch (event.kind) {
    case 'step_waiting':
      startAgain(clocks, event.item, [event.clock])
      return changeStep(runs, event.item, (step, round) => ({ ...step, status: 'waiting', round }))
    case 'step_opened':
      own.stage = furthest(own.stage, event.stage, isRestricted(own, event.item))
      startAgain(clocks, event.item, event.clocks)
      return changeStep(runs, event.item, (step, round) => ({
        ...without(step, 'within'),
        status: 'open',
        round,
        openedAt: entry.at,
        type: event.type,
        stage: event.stage,
        roles: event.roles,
        place: event.place,
        owner: event.owner,
        tags: event.tags,
      }))
    case 'step_not_needed':
      return changeStep(runs, event.item, (step) => ({ ...step, status: 'not_needed' }))
    case 'step_off_path':
      return changeStep(runs, event.item, (step) => ({ ...step, status: 'off_path' }))
    case 'step_ended':
      dropClocksOf(clocks, event.item)
      return changeStep(runs, event.item, (step, round) => {
        const signed = event.how === 'override' && own.engine >= 3 ? step.proposed : undefined
        return {
          ...without(without(step, 'proposed'), 'proposedBy'),
          ...(signed && { proposedBy: signed.by }),
          status: 'done',
          round,
          outcome: event.outcome,
          endedAt: entry.at,
          endedBy: entry.by,
          answers: event.answers,
          personal: event.personal,
          absent: event.absent,
          evidence: event.evidence,
        }
      })
    case 'sent_back':
      reopen(own, event.item, event.to, event.steps, event.within)
      return count(runs, event)
    case 'step_reopened':
      return reopen(own, event.item, parseItem(event.item)?.step ?? '', event.steps, event.within)
    case 'repeated':
      return changeStep(runs, event.item, (step) => ({ ...step, status: 'pending' }))
    case 'step_moved': {
      const { item, place, roles, owner } = event
      moveClocks(clocks, item, place)
      return changeStep(runs, item, (step) => ({ ...step, place, roles, owner }))
    }
    case 'step_assigned':
      itemChosen(own, event.item)
      return changeStep(runs, event.item, (step) => ({
        ...step,
        owner: event.to,
        roles: [...(step.roles ?? []).filter((one) => !('user' in one && one.user === event.to)), { user: event.to }],
      }))
    case 'override_proposed': {
      const { kind: _kind, item, reason: _reason, ...proposed } = event
      return changeStep(runs, item, (step) => ({ ...step, proposed: { by: entry.by, ...proposed } }))
    }
    case 'answer_corrected':
      return changeStep(runs, event.item, (step) => ({
        ...step,
        answers: { ...step.answers, ...event.answers },
        personal: { ...step.personal, ...event.personal },
      }))
  }
}

/** `to` reopens with a clock of its own; the other steps wait until they are asked again. */
function reopen({ runs, clocks }: CaseState, item: ItemId, to: string, again: string[], within: Term[]): void {
  const parts = parseItem(item)
  const run = parts && runs[parts.run]
  if (!parts || !run) return
  const steps = { ...run.steps }
  for (const id of again) {
    const step = steps[id]
    dropClocksOf(clocks, itemId(parts.run, id, step?.round ?? 0))
    if (step) steps[id] = { ...step, status: 'pending' }
  }
  const target = steps[to]
  if (target) steps[to] = { ...target, within }
  runs[parts.run] = { ...run, steps }
}

/** How often an outcome has led back: never reset. */
function count(runs: CaseState['runs'], event: Extract<CaseEvent, { kind: 'sent_back' }>): void {
  changeStep(runs, event.item, (step) => ({
    ...step,
    counts: { ...step.counts, [event.outcome]: (step.counts?.[event.outcome] ?? 0) + 1 },
  }))
}

function isRestricted(state: CaseState, item: ItemId): boolean {
  const run = state.runs[parseItem(item)?.run ?? '']
  return run !== undefined && run.visibleTo !== null
}

function without(step: StepState, member: 'within' | 'proposed' | 'proposedBy'): StepState {
  if (!(member in step)) return step
  const { [member]: _gone, ...rest } = step
  return rest
}

function startAgain(clocks: CaseState['clocks'], item: ItemId, started: ClockStart[]): void {
  dropClocksOf(clocks, item)
  startClocks(clocks, started)
}
