/** What a step names beside it: what it holds back, who may not decide it, what it tells to whom. */

import { ALL_ORDINARY, type Discloses } from '../compiled.ts'
import { isWork } from '../shapes/step.ts'
import type { WorkText } from '../shapes/step.ts'
import { fieldAt, isKnown } from './context.ts'
import type { Context } from './context.ts'
import { formFieldAt } from './context.ts'

/** `#tag`, a procedure, a step of this run, or `all`; with ` here` only what is done where this step is. */
export function holdsOf(context: Context, step: WorkText, index: number): string[] {
  const { country, document, report, procedureIds } = context
  for (const [place, named] of (step.holds ?? []).entries()) {
    const held = named.replace(/ here$/, '')
    const path = ['steps', index, 'holds', place]
    if (held.startsWith('#')) {
      const steps = Object.values(country.procedures).flatMap((procedure) => procedure.steps)
      const tags = steps.filter(isWork).flatMap((each) => each.tags ?? [])
      isKnown(report, 'tag', held.slice(1), new Set(tags), path, 1)
    } else if (held === step.id) {
      report('hold_cycle', path, `\`${held}\` holds itself: it could never be done. Take it out.`)
    } else if (held !== 'all') {
      const steps = document.steps.map((each) => each.id)
      if (!steps.includes(held)) isKnown(report, 'procedure', held, [...procedureIds, ...steps], path)
    }
  }
  return (step.holds ?? []).map((held) => held.replace(/^all(?= here$|$)/, ALL_ORDINARY))
}

/** Earlier steps, or fields that name a user. */
export function notByOf(context: Context, step: WorkText, index: number): string[] {
  for (const [place, named] of (step.not_by ?? []).entries()) {
    const path = ['steps', index, 'not_by', place]
    if (named.includes('.')) {
      const field = fieldAt(context, named, path)
      if (field && field.type !== 'user')
        context.report('wrong_type', path, `\`${named}\` is a ${field.type}: \`not_by\` needs a step or a user field.`)
    } else {
      const earlier = context.document.steps.slice(0, index).map((each) => each.id)
      isKnown(context.report, 'step', named, earlier, path)
    }
  }
  return step.not_by ?? []
}

/** A partner field, a purpose, and fields that may be personal: they are named, not read. */
export function disclosesOf(context: Context, { discloses }: WorkText, index: number): Discloses | null {
  if (!discloses) return null
  const { country, report } = context
  const path = ['steps', index, 'discloses']
  const to = fieldAt(context, discloses.to, [...path, 'to'])
  if (to && to.type !== 'partner')
    report('wrong_type', [...path, 'to'], `\`${discloses.to}\` is a ${to.type}: what is disclosed goes to a partner.`)
  isKnown(report, 'purpose', discloses.for, Object.keys(country.purposes), [...path, 'for'])
  for (const [place, named] of discloses.what.entries()) formFieldAt(context, named, [...path, 'what', place])
  return { to: discloses.to, purpose: discloses.for, what: discloses.what }
}
