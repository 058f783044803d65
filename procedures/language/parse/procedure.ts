import type { CompiledProcedure } from '../compiled.ts'
import { beginsOf } from './begins.ts'
import { fieldAt, isKnown } from './context.ts'
import type { Context } from './context.ts'
import { fieldsOf } from './fields.ts'
import { budgetsOf } from './budgets.ts'
import { checkIds } from './ids.ts'
import { setOf } from './outcomes.ts'
import { isRole, placeAt } from './roles.ts'
import { gatesOf, requiredBy } from './gates.ts'
import { stepAt } from './step.ts'

/** The compiled form without its hash; every clause that cannot be read and every unknown name is reported. */
export function parseProcedure(context: Context): Omit<CompiledProcedure, 'hash'> {
  const { country, document, report } = context
  checkIds(context)
  isKnown(report, 'source', document.source, [...Object.keys(country.sources), 'assumption'], ['source'])
  placeAt(context, document.at, ['at'])
  for (const [index, role] of (document.visible_to ?? []).entries()) isRole(context, role, ['visible_to', index])
  if (document.hidden_from !== undefined) {
    const field = fieldAt(context, document.hidden_from, ['hidden_from'])
    if (field && field.type !== 'user')
      report(
        'wrong_type',
        ['hidden_from'],
        `\`${document.hidden_from}\` is a ${field.type}: \`hidden_from\` needs a user.`,
      )
  }
  for (const [index, role] of (document.read_by ?? []).entries()) isRole(context, role, ['read_by', index])
  for (const [index, gate] of (document.requires ?? []).entries())
    isKnown(report, 'gate', gate, Object.keys(country.gates), ['requires', index])
  if (document.stops_without !== undefined)
    isKnown(report, 'purpose', document.stops_without, Object.keys(country.purposes), ['stops_without'])
  const set = setOf(context, document.set, ['set'])
  const steps = document.steps.map((step, index) => stepAt(context, step, index))
  return {
    id: document.procedure,
    version: document.version,
    subject: document.subject,
    stage: document.stage,
    begins: beginsOf(context),
    ...(set && { set }),
    inputs: fieldsOf(context, document.inputs, ['inputs']),
    ...(document.budgets && { budgets: budgetsOf(context, document.budgets) }),
    ...(document.visible_to && { visibleTo: document.visible_to }),
    ...(document.hidden_from !== undefined && { hiddenFrom: document.hidden_from }),
    ...(document.read_by && { readBy: document.read_by }),
    ...(document.requires && { requires: document.requires }),
    ...(document.stops_without !== undefined && { stopsWithout: document.stops_without }),
    gates: gatesOf(country, requiredBy(document.requires ?? [], steps)),
    steps,
  }
}
