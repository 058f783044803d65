/** What a run may pay: every payment counts, in whatever round or order, and never more than its budget holds. */

import type { CompiledProcedure, Field } from '../procedures/language/compiled.ts'
import type { Answers } from './events.ts'
import type { FieldError } from './refusals.ts'
import type { Run } from './state.ts'

export interface Payment {
  budget: string
  /** Whole francs; negative when a correction takes some back. */
  amount: number
}

/** Francs by budget. `before`: what the same answers said until now, when they are corrected. */
export function paymentsIn(form: Field[], answers: Answers, before: Answers = {}): Payment[] {
  const paid = new Map<string, number>()
  for (const { id, budget } of form) {
    if (budget === undefined || answers[id] === undefined) continue
    const amount = francs(answers[id]) - francs(before[id])
    paid.set(budget, (paid.get(budget) ?? 0) + amount)
  }
  return [...paid].flatMap(([budget, amount]) => (amount === 0 ? [] : [{ budget, amount }]))
}
const francs = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** What is left to pay; null where the budget has no ceiling. */
export function leftOf({ budgets }: CompiledProcedure, run: Run, budget: string): number | null {
  const most = budgets?.[budget]?.most
  return most === undefined ? null : most - (run.paid?.[budget] ?? 0)
}

/** Told at the last field that pays from a budget which cannot bear it. */
export function budgetErrors(
  procedure: CompiledProcedure,
  run: Run,
  form: Field[],
  answers: Answers,
  before: Answers = {},
): FieldError[] {
  return paymentsIn(form, answers, before).flatMap(({ budget, amount }): FieldError[] => {
    const left = leftOf(procedure, run, budget)
    if (left === null || amount <= left) return []
    const field = form.findLast((one) => one.budget === budget && answers[one.id] !== undefined)
    return [
      { pointer: `/answers/${field?.id ?? budget}`, code: 'over_budget', most: left + francs(before[field?.id ?? '']) },
    ]
  })
}

export const pays = (form: Field[]): boolean => form.some(({ budget }) => budget !== undefined)
