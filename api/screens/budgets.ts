/** What a run may pay, what it has paid, and what is left, in whole francs. */

import { leftOf } from '../../cases/budgets.ts'
import type { Run } from '../../cases/state.ts'
import type { CaseAtHand } from '../acts/case-at-hand.ts'
import type { Deps } from '../deps.ts'

export interface ShownBudget {
  id: string
  label: string
  most: number | null
  paid: number
  left: number | null
}

export function budgetsOf(deps: Deps, { world, language }: CaseAtHand, run: Run): { budgets?: ShownBudget[] } {
  const procedure = world.shelf[run.procedure.hash]
  if (!procedure?.budgets) return {}
  const texts = deps.country.procedures[procedure.id]?.budgets
  const budgets = Object.entries(procedure.budgets).map(([id, { most = null }]) => ({
    id,
    label: texts?.[id]?.label[language] ?? id,
    most,
    paid: run.paid?.[id] ?? 0,
    left: leftOf(procedure, run, id),
  }))
  return { budgets }
}
