import type { CaseEvent, ItemId } from '../events.ts'
import type { CaseState } from '../state.ts'
import { changeStep } from './change-step.ts'

type HandoverEvent = Extract<CaseEvent, { kind: 'handed_over' | 'handed_back' }>
type Handovers = NonNullable<CaseState['handovers']>

export function evolveHandover(own: CaseState, event: HandoverEvent): void {
  const { from, to, manager, items } = event
  if (manager) own.facts = { ...own.facts, case_manager: to }
  for (const item of items) give(own.runs, item, from, to)
  switch (event.kind) {
    case 'handed_over': {
      const { handover, returns } = event
      own.handovers = { ...own.handovers, [handover]: { from, to, returns, manager, items } }
      return
    }
    case 'handed_back':
      own.handovers = ended(own.handovers ?? {}, event.handover, event)
  }
}

/** Somebody was named on purpose since: that does not come back by itself. */
export function itemChosen(own: CaseState, item: ItemId): void {
  if (own.handovers) own.handovers = mapped(own.handovers, (one) => without(one, [item]))
}
export function managerChosen(own: CaseState, fact: string): void {
  if (!own.handovers || fact !== 'case_manager') return
  own.handovers = mapped(own.handovers, (one) => ({ ...one, manager: false }))
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

/** Nobody is named twice. */
function give(runs: CaseState['runs'], item: ItemId, from: string, to: string): void {
  changeStep(runs, item, (step) => {
    const already = (step.roles ?? []).filter((one) => !('user' in one && one.user === to))
    const roles = already.map((one) => ('user' in one && one.user === from ? { user: to } : one))
    return { ...step, owner: step.owner === from ? to : (step.owner ?? null), roles }
  })
}
