/** What belongs to a restricted procedure must not show through what everybody sees. */

import type { Field, Outcome, Step } from '../compiled.ts'
import type { Read } from '../conditions/read.ts'
import type { Country } from '../country.ts'
import type { Path } from '../problem.ts'
import type { ProcedureDocument } from '../shapes/procedure.ts'
import { indexOf } from './study.ts'
import type { Reading, Study } from './study.ts'

/** The label of everything a restricted procedure owns: as declared, or its id without the country. */
export function labelOf(document: ProcedureDocument | undefined): string | null {
  if (!document?.visible_to) return null
  return document.restricted ?? document.procedure.slice(document.procedure.indexOf('-') + 1)
}

export function stepLabel({ context }: Study, step: Step): string | null {
  const started = step.kind === 'start' ? labelOf(context.country.procedures[step.start]) : null
  return step.restricted ?? labelOf(context.document) ?? started
}

export function checkLabels(study: Study, gateReads: Record<string, Read[]>): void {
  const { context, parsed, readings, report } = study
  if (context.document.restricted !== undefined && !context.document.visible_to)
    report(
      'missing_key',
      ['restricted'],
      'A restricted procedure needs `visible_to`: the roles that may be assigned to it.',
    )
  for (const reading of readings) {
    const label = labelRead(study, reading)
    const here = labelsHere(study, reading)
    if (label !== null && !here.includes(label))
      report(
        'label_flow',
        reading.path,
        `${name(reading)} is restricted (\`${label}\`), and what depends on it here is not: require a gate that declassifies \`${label}\`, or mark this \`restricted: ${label}\`.`,
        reading.offset,
      )
  }
  for (const [index, step] of parsed.steps.entries()) checkStep(study, step, ['steps', index], gateReads)
  checkSet(study, parsed.set, labelOf(context.document), parsed.id, ['set'])
  for (const [index, begin] of parsed.begins.entries()) {
    const fact = begin.kind === 'on' ? context.country.facts[begin.fact]?.restricted : undefined
    if (fact !== undefined && fact !== labelOf(context.document))
      report(
        'label_flow',
        ['begins', index],
        `The fact that this begins on is restricted (\`${fact}\`), and the procedure is not: give it \`visible_to\`.`,
      )
  }
}

function checkStep(study: Study, step: Step, path: Path, gateReads: Record<string, Read[]>): void {
  const { context, parsed, report } = study
  const here = stepLabel(study, step)
  for (const [group, items] of step.after.entries()) {
    for (const [place, item] of items.entries()) {
      const earlier = parsed.steps[indexOf(parsed, item.step)]
      const label = earlier && stepLabel(study, earlier)
      const written = context.document.steps[indexOf(parsed, step.id)]?.after?.[group]
      const at = [...path, 'after', group, ...(typeof written === 'object' ? ['any', place] : [])]
      if (label && label !== here)
        report(
          'label_flow',
          at,
          `\`${item.step}\` is restricted (\`${label}\`), and \`${step.id}\` would show when it ended: mark \`${step.id}\` \`restricted: ${label}\`, or wait for another step.`,
        )
    }
  }
  if (step.kind === 'start') return
  for (const [index, gate] of step.requires.entries()) {
    const open = context.country.gates[gate]?.declassifies
    const label = gateLabels(context.country, gateReads[gate] ?? []).find((each) => each !== open && each !== here)
    if (label !== undefined)
      report(
        'label_flow',
        [...path, 'requires', index],
        `The gate \`${gate}\` reads what is restricted (\`${label}\`): let the gate say \`declassifies: ${label}\`, or mark the step.`,
      )
  }
  for (const [id, outcome] of Object.entries(step.outcomes))
    checkSet(study, outcome.set, here, step.id, [...path, 'outcomes', id, 'set'])
}

function checkSet({ context, report }: Study, set: Outcome['set'], here: string | null, by: string, path: Path): void {
  for (const fact of Object.keys(set ?? {}))
    if (here !== null && context.country.facts[fact]?.restricted !== here)
      report(
        'label_flow',
        [...path, fact],
        `\`${by}\` is restricted (\`${here}\`), and the fact \`${fact}\` would tell of it: mark the fact \`restricted: ${here}\`.`,
      )
}

function gateLabels(country: Country, reads: readonly Read[]): string[] {
  return reads.flatMap((read) => country.facts[read.root]?.restricted ?? [])
}

function labelRead(study: Study, reading: Reading): string | null {
  const { context, parsed } = study
  const { root, member, step } = reading
  const fact = context.country.facts[root]
  if (fact && member === null) return fact.restricted ?? null
  const own = labelOf(context.document)
  if (root === 'input' || (root === 'form' && reading.clause === 'inputs'))
    return restrictedIn(parsed.inputs, member) ?? own
  if (root === 'form')
    return step && step.kind !== 'start' ? (restrictedIn(step.form, member) ?? stepLabel(study, step)) : null
  const earlier = parsed.steps[indexOf(parsed, root)]
  if (!earlier) return null
  const field = earlier.kind === 'start' ? null : restrictedIn(earlier.form, member)
  return field ?? stepLabel(study, earlier)
}

function restrictedIn(fields: readonly Field[], id: string | null): string | null {
  return fields.find((field) => field.id === id)?.restricted ?? null
}

/** The labels of what the reading decides. */
function labelsHere(study: Study, reading: Reading): (string | null)[] {
  const { context, parsed } = study
  const { step, into } = reading
  if (into?.kind === 'fact') return [context.country.facts[into.id]?.restricted ?? null]
  const own = [labelOf(context.document), step && stepLabel(study, step)]
  if (into?.kind !== 'field') return own
  const fields = step === null ? parsed.inputs : step.kind === 'start' ? [] : step.form
  return [...own, restrictedIn(fields, into.id)]
}

const name = ({ root, member }: Reading): string => `\`${member === null ? root : `${root}.${member}`}\``
