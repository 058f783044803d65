/** What a case may pay: every payment counts, in whatever run, round or order, and never more than the budget holds. */

import type { CompiledProcedure, Field } from '../procedures/language/compiled.ts'
import type { Settings } from '../procedures/language/settings.ts'
import { dayOf } from './clocks/civil.ts'
import type { Answers, AnswerValue } from './events.ts'
import type { FieldError } from './refusals.ts'
import type { CaseState, Run } from './state.ts'

export interface Payment {
  budget: string
  /** Whole francs; negative when a correction takes some back. */
  amount: number
}
/** A run, the rules it pays by, and the case whose other runs have paid too. */
export interface Purse {
  state: CaseState
  settings: Settings
  procedure: CompiledProcedure
  runId: string
  run: Run
}

/** Francs by budget. `before`: what the same answers said until now, when they are corrected. */
export function paymentsIn(form: Field[], answers: Answers, before: Answers = {}): Payment[] {
  const paid = new Map<string, number>()
  for (const field of form) {
    const given = answers[field.id]
    if (given === undefined) continue
    for (const budget of budgetsOf(field)) {
      const amount = francsOf(field, budget, given) - francsOf(field, budget, before[field.id])
      paid.set(budget, (paid.get(budget) ?? 0) + amount)
    }
  }
  return [...paid].flatMap(([budget, amount]) => (amount === 0 ? [] : [{ budget, amount }]))
}

/** The budgets that a field pays from: its own, or those of the members of a list. */
const budgetsOf = (field: Field): string[] => [
  ...new Set([field, ...(field.of ?? [])].flatMap(({ budget }) => (budget === undefined ? [] : [budget]))),
]
/** In-kind lines add up. */
function francsOf(field: Field, budget: string, value: AnswerValue | undefined): number {
  if (field.budget === budget) return francs(value)
  if (!Array.isArray(value)) return 0
  const paying = (field.of ?? []).filter((member) => member.budget === budget)
  return value.reduce<number>(
    (sum, row) =>
      typeof row === 'string' ? sum : paying.reduce((inner, member) => inner + francs(row[member.id]), sum),
    0,
  )
}
const francs = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** Whole francs that this run may pay in all: what other runs have left of the ceiling, and no more than was granted. */
export function mostOf({ state, settings, procedure, runId, run }: Purse, budget: string): number | null {
  const { most, currency, grant } = procedure.budgets?.[budget] ?? {}
  const granted = grant === undefined ? undefined : francs(state.facts[grant] ?? settings.facts[grant]?.start)
  const rate = currency === undefined ? 1 : rateOn(settings, currency, dayOf(run.begun))
  const others = Object.entries(state.runs).filter(([id, one]) => id !== runId && one.procedure.id === procedure.id)
  const elsewhere = others.reduce((sum, [, one]) => sum + paidBy(one, budget), 0)
  const ceilings = [
    ...(most === undefined ? [] : [Math.floor(most * rate) - elsewhere]),
    ...(granted === undefined ? [] : [granted]),
  ]
  return ceilings.length === 0 ? null : Math.min(...ceilings)
}

/** Francs for one unit on a day: a ceiling in another currency stays at the rate of the day on which its run began. */
function rateOn({ rates }: Settings, currency: string, day: string): number {
  return rates[currency]?.findLast(({ from }) => from <= day)?.xof ?? 0
}

export const paidBy = (run: Run, budget: string): number => run.paid?.[budget] ?? 0

/** What is left to pay; null where the budget has no ceiling. */
export function leftOf(purse: Purse, budget: string): number | null {
  const most = mostOf(purse, budget)
  return most === null ? null : most - paidBy(purse.run, budget)
}

/** Told at the last field that pays from a budget which cannot bear it. */
export function budgetErrors(purse: Purse, form: Field[], answers: Answers, before: Answers = {}): FieldError[] {
  return paymentsIn(form, answers, before).flatMap(({ budget, amount }): FieldError[] => {
    const left = leftOf(purse, budget)
    if (left === null || amount <= left) return []
    const field = form.findLast((one) => answers[one.id] !== undefined && budgetsOf(one).includes(budget))
    if (!field) return []
    const most = Math.max(0, left + francsOf(field, budget, before[field.id]))
    return [{ pointer: `/answers/${field.id}`, code: 'over_budget', most }]
  })
}

export const pays = (form: Field[]): boolean => form.some((field) => budgetsOf(field).length > 0)
