/** What a run may pay, what it has paid, and what is left, in whole francs. */

import { leftOf, mostOf, paidBy } from '../../cases/budgets.ts'
import type { Run } from '../../cases/state.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { Deps } from '../context/deps.ts'

export interface ShownBudget {
  id: string
  label: string
  most: number | null
  paid: number
  left: number | null
}

export function budgetsOf(
  deps: Deps,
  { state, world, language }: LoadedCase,
  runId: string,
  run: Run,
): { budgets?: ShownBudget[] } {
  const procedure = world.shelf[run.procedure.hash]
  if (!procedure?.budgets) return {}
  const texts = deps.country.procedures[procedure.id]?.budgets
  const purse = { state, settings: world.settings, procedure, runId, run }
  const budgets = Object.keys(procedure.budgets).map((id) => ({
    id,
    label: texts?.[id]?.label[language] ?? id,
    most: mostOf(purse, id),
    paid: paidBy(run, id),
    left: leftOf(purse, id),
  }))
  return { budgets }
}
