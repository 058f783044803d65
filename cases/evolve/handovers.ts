import type { CaseEvent, ItemId } from '../events.ts'
import { parseItem } from '../item.ts'
import type { CaseState, StepState } from '../state.ts'

type HandoverEvent = Extract<CaseEvent, { kind: 'handed_over' | 'handed_back' }>
type Handovers = NonNullable<CaseState['handovers']>

export function evolveHandover(state: CaseState, event: HandoverEvent): CaseState {
  switch (event.kind) {
    case 'handed_over': {
      const { handover, from, to, returns, manager, items } = event
      const moved = items.reduce((before, item) => given(before, item, from, to), withManager(state, manager, to))
      return { ...moved, handovers: { ...state.handovers, [handover]: { from, to, returns, manager, items } } }
    }
    case 'handed_back': {
      const { handover, from, to, manager, items } = event
      const moved = items.reduce((before, item) => given(before, item, from, to), withManager(state, manager, to))
      return { ...moved, handovers: ended(state.handovers ?? {}, handover, event) }
    }
  }
}

/** Somebody was named on purpose since: that does not come back by itself. */
export function itemChosen(state: CaseState, item: ItemId): CaseState {
  return state.handovers ? { ...state, handovers: mapped(state.handovers, (one) => without(one, [item])) } : state
}
export function managerChosen(state: CaseState, fact: string): CaseState {
  if (!state.handovers || fact !== 'case_manager') return state
  return { ...state, handovers: mapped(state.handovers, (one) => ({ ...one, manager: false })) }
}

/** What came back to its owner is no longer awaited by whoever stood in later and went away too. */
function ended(handovers: Handovers, handover: string, back: { manager: boolean; items: ItemId[] }): Handovers {
  const ids = Object.keys(handovers)
  const later = ids.slice(ids.indexOf(handover) + 1)
  const { [handover]: _ended, ...others } = handovers
  return mapped(others, (one, id) =>
    later.includes(id) ? { ...without(one, back.items), manager: one.manager && !back.manager } : one,
  )
}

const without = (one: Handovers[string], items: ItemId[]): Handovers[string] => ({
  ...one,
  items: one.items.filter((item) => !items.includes(item)),
})
function mapped(handovers: Handovers, change: (one: Handovers[string], id: string) => Handovers[string]): Handovers {
  return Object.fromEntries(Object.entries(handovers).map(([id, one]) => [id, change(one, id)]))
}

function withManager(state: CaseState, manager: boolean, to: string): CaseState {
  return manager ? { ...state, facts: { ...state.facts, case_manager: to } } : state
}

/** Nobody is named twice. */
function given(state: CaseState, item: ItemId, from: string, to: string): CaseState {
  const parts = parseItem(item)
  const run = state.runs[parts?.run ?? '']
  const step = run?.steps[parts?.step ?? '']
  if (!parts || !run || !step) return state
  const already = (step.roles ?? []).filter((one) => !('user' in one && one.user === to))
  const roles = already.map((one) => ('user' in one && one.user === from ? { user: to } : one))
  const next: StepState = { ...step, owner: step.owner === from ? to : (step.owner ?? null), roles }
  return { ...state, runs: { ...state.runs, [parts.run]: { ...run, steps: { ...run.steps, [parts.step]: next } } } }
}
