/** A decision in the making: events are applied as they are emitted, so what follows reads what has just happened. */

import type { CompiledProcedure, StartStep, Step, WorkStep } from '../../procedures/language/compiled.ts'
import { apply, ownCopy } from '../evolve/index.ts'
import type { By, CaseEvent, Entry, ItemId } from '../events.ts'
import { itemId, parseItem } from '../item.ts'
import type { CaseState, Run, StepState } from '../state.ts'
import type { Instant } from '../time.ts'
import type { Decision, World } from '../world.ts'

export interface Draft {
  /** From the first event on its own and changed by each: a run, step or clock taken from it stays as it was then. */
  state: CaseState
  readonly entries: Entry[]
  readonly world: World
  /** When the present cause happened or fell due: the instant of its consequences. */
  at: Instant
  /** The engine's present: holds begin and end at it. */
  now: Instant
  /** When the engine takes note. What time does says the instant it was due, so that deciding it again says the same. */
  recorded: Instant
  by: By
  readonly action: string | null
  /** Procedures that must be looked up before this decision can be made. */
  readonly wanted: Set<string>
}

export function newDraft(state: CaseState, world: World, by: By, at: Instant, action: string | null): Draft {
  return { state, entries: [], world, at, now: at, recorded: world.now, by, action, wanted: new Set() }
}

export function emit(draft: Draft, event: CaseEvent): void {
  const entry: Entry = {
    seq: draft.state.seq + 1,
    at: draft.at,
    recorded: draft.recorded,
    by: draft.by,
    action: draft.action,
    event,
  }
  if (draft.entries.length === 0) draft.state = ownCopy(draft.state, draft.action !== null)
  draft.entries.push(entry)
  apply(draft.state, entry)
}

export function decided(draft: Draft): Decision {
  if (draft.wanted.size > 0) return { kind: 'look_up', wanted: { procedures: [...draft.wanted].toSorted() } }
  return { kind: 'events', entries: draft.entries, state: draft.state }
}

export interface Place {
  runId: string
  run: Run
  procedure: CompiledProcedure
}
export function runOf(state: CaseState, world: World, runId: string): Place | null {
  const run = state.runs[runId]
  const procedure = run && world.shelf[run.procedure.hash]
  return run && procedure ? { runId, run, procedure } : null
}
export interface Work extends Place {
  item: ItemId
  round: number
  step: StepState
  rule: WorkStep
}
/** The step that an item names, with the rule it runs under; null when there is none. */
export function workOf(state: CaseState, world: World, item: ItemId): Work | null {
  const parts = parseItem(item)
  const place = parts && runOf(state, world, parts.run)
  if (!place) return null
  const { runId, run, procedure } = place
  const step = run.steps[parts.step]
  const rule = ruleOf(procedure, parts.step)
  if (!step || !rule || rule.kind === 'start') return null
  return { runId, run, procedure, item, round: parts.round, step, rule }
}

/** A pure memo: a procedure is never changed, only published anew. */
const rules = new WeakMap<CompiledProcedure, Map<string, Step>>()

export function ruleOf(procedure: CompiledProcedure, step: string): Step | undefined {
  let byId = rules.get(procedure)
  if (!byId) rules.set(procedure, (byId = new Map(procedure.steps.map((rule) => [rule.id, rule]))))
  return byId.get(step)
}
export const isWork = (step: Step): step is WorkStep => step.kind !== 'start'
export const isStart = (step: Step): step is StartStep => step.kind === 'start'

/** Items of open and waiting steps of open runs, in the order of the state. */
export function liveItems(state: CaseState): LiveItem[] {
  const live: LiveItem[] = []
  for (const [runId, run] of Object.entries(state.runs)) {
    if (run.status !== 'open') continue
    for (const [stepId, step] of Object.entries(run.steps)) {
      if (!isLive(step)) continue
      live.push({ item: itemId(runId, stepId, step.round), runId, stepId, step })
    }
  }
  return live
}
interface LiveItem {
  item: ItemId
  runId: string
  stepId: string
  step: StepState
}
const isLive = ({ status }: StepState): boolean => status === 'open' || status === 'waiting'
