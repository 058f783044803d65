import type { Budget } from '../compiled.ts'
import type { ProcedureDocument } from '../shapes/procedure.ts'
import { isKnown } from './context.ts'
import type { Context } from './context.ts'

/** Ceilings without their labels, which stay in the document. */
export function budgetsOf(context: Context, budgets: ProcedureDocument['budgets']): Record<string, Budget> {
  const { country, report } = context
  return Object.fromEntries(
    Object.entries(budgets ?? {}).map(([id, { most, currency, grant }]) => {
      const path = ['budgets', id]
      if (currency !== undefined)
        isKnown(report, 'currency', currency, Object.keys(country.rates), [...path, 'currency'])
      if (grant !== undefined && isKnown(report, 'fact', grant, Object.keys(country.facts), [...path, 'grant'])) {
        const type = country.facts[grant]?.type
        if (type !== 'number')
          report('wrong_type', [...path, 'grant'], `\`${grant}\` is a ${type}: a budget is granted by a number.`)
      }
      return [
        id,
        {
          ...(most !== undefined && { most }),
          ...(currency !== undefined && { currency }),
          ...(grant !== undefined && { grant }),
        },
      ]
    }),
  )
}
