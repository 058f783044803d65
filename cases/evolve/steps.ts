import type { Term } from '../../procedures/language/compiled.ts'
import type { CaseEvent, ClockStart, Entry, ItemId } from '../events.ts'
import { parseItem } from '../item.ts'
import type { CaseState, StepState } from '../state.ts'
import { placed, withClocks, withoutClocksOf } from './clocks.ts'
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

export function evolveStep(state: CaseState, entry: Entry, event: StepEvent): CaseState {
  switch (event.kind) {
    case 'step_waiting':
      return starting(state, event.item, [event.clock], (step, round) => ({ ...step, status: 'waiting', round }))
    case 'step_opened':
      return starting(
        { ...state, stage: furthest(state.stage, event.stage, isRestricted(state, event.item)) },
        event.item,
        event.clocks,
        (step, round) => {
          const { within: _used, ...rest } = step
          return {
            ...rest,
            status: 'open',
            round,
            openedAt: entry.at,
            type: event.type,
            stage: event.stage,
            roles: event.roles,
            place: event.place,
            owner: event.owner,
            tags: event.tags,
          }
        },
      )
    case 'step_not_needed':
      return changed(state, event.item, (step) => ({ ...step, status: 'not_needed' }))
    case 'step_off_path':
      return changed(state, event.item, (step) => ({ ...step, status: 'off_path' }))
    case 'step_ended':
      return changed(withoutClocksOf(state, [event.item]), event.item, (step, round) => {
        const { proposed, proposedBy: _earlier, ...rest } = step
        const signed = event.how === 'override' && state.engine >= 3 ? proposed : undefined
        return {
          ...rest,
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
      return counted(again(state, event.item, event.to, event.steps, event.within), event)
    case 'step_reopened':
      return again(state, event.item, parseItem(event.item)?.step ?? '', event.steps, event.within)
    case 'repeated':
      return changed(state, event.item, (step) => ({ ...step, status: 'pending' }))
    case 'step_moved': {
      const { item, place, roles, owner } = event
      return placed(
        changed(state, item, (step) => ({ ...step, place, roles, owner })),
        item,
        place,
      )
    }
    case 'step_assigned':
      return changed(itemChosen(state, event.item), event.item, (step) => ({
        ...step,
        owner: event.to,
        roles: [...(step.roles ?? []).filter((one) => !('user' in one && one.user === event.to)), { user: event.to }],
      }))
    case 'override_proposed': {
      const { kind: _kind, item, reason: _reason, ...proposed } = event
      return changed(state, item, (step) => ({ ...step, proposed: { by: entry.by, ...proposed } }))
    }
    case 'answer_corrected':
      return changed(state, event.item, (step) => ({
        ...step,
        answers: { ...step.answers, ...event.answers },
        personal: { ...step.personal, ...event.personal },
      }))
  }
}

/** `to` reopens with a clock of its own; the other steps wait until they are asked again. */
function again(state: CaseState, item: ItemId, to: string, again: string[], within: Term[]): CaseState {
  const parts = parseItem(item)
  const run = parts && state.runs[parts.run]
  if (!parts || !run) return state
  const items = again.map((step) => `${parts.run}.${step}.${run.steps[step]?.round ?? 0}`)
  const cleared = withoutClocksOf(state, items)
  const steps = { ...run.steps }
  for (const id of again) {
    const step = steps[id]
    if (step) steps[id] = { ...step, status: 'pending' }
  }
  const target = steps[to]
  if (target) steps[to] = { ...target, within }
  return { ...cleared, runs: { ...cleared.runs, [parts.run]: { ...run, steps } } }
}

/** How often an outcome has led back: never reset. */
function counted(state: CaseState, event: Extract<CaseEvent, { kind: 'sent_back' }>): CaseState {
  return changed(state, event.item, (step) => ({
    ...step,
    counts: { ...step.counts, [event.outcome]: (step.counts?.[event.outcome] ?? 0) + 1 },
  }))
}

function isRestricted(state: CaseState, item: ItemId): boolean {
  const run = state.runs[parseItem(item)?.run ?? '']
  return run !== undefined && run.visibleTo !== null
}

function starting(
  state: CaseState,
  item: ItemId,
  clocks: ClockStart[],
  change: (step: StepState, round: number) => StepState,
): CaseState {
  return withClocks(changed(withoutClocksOf(state, [item]), item, change), clocks)
}

function changed(state: CaseState, item: ItemId, change: (step: StepState, round: number) => StepState): CaseState {
  const parts = parseItem(item)
  const run = parts && state.runs[parts.run]
  const step = run?.steps[parts?.step ?? '']
  if (!parts || !run || !step) return state
  const steps = { ...run.steps, [parts.step]: change(step, parts.round) }
  return { ...state, runs: { ...state.runs, [parts.run]: { ...run, steps } } }
}
