/** What a `start` begins, from which rows, with which inputs; and what opening a case alone may set. */

import type { Country } from '../country.ts'
import { CEL_TYPES } from '../conditions/scope.ts'
import { fieldAt, isKnown } from '../parse/context.ts'
import type { Path } from '../problem.ts'
import type { StartText } from '../shapes/step.ts'
import { isWork } from '../shapes/step.ts'
import type { Study } from './study.ts'

export function checkStarts(study: Study): void {
  const { context } = study
  for (const [index, step] of context.document.steps.entries())
    if (!isWork(step)) checkStart(study, step, ['steps', index])
  checkOpening(study)
}

function checkStart({ context, report }: Study, step: StartText, path: Path): void {
  const { country, document } = context
  const target = country.procedures[step.start]
  if (!target) return
  const people = step.each === 'people'
  const arrival = document.subject === 'arrival'
  if (people && !arrival)
    report(
      'wrong_type',
      [...path, 'each'],
      '`each: people` begins a case for every row of an arrival, and this is about a case: name a list field.',
    )
  const way = people ? 'opening' : 'started'
  if (!target.begins.includes(way))
    report(
      'wrong_type',
      [...path, 'start'],
      `\`${step.start}\` does not begin as \`${way}\`: add \`${way}\` to its \`begins\`.`,
    )
  if ((target.subject === 'arrival') !== (arrival && !people))
    report(
      'wrong_type',
      [...path, 'start'],
      `\`${step.start}\` is about ${target.subject === 'case' ? 'a case' : 'an arrival'} and cannot begin here.`,
    )
  for (const input of Object.keys(step.with ?? {}))
    isKnown(report, 'input', input, Object.keys(target.inputs ?? {}), [...path, 'with', input])
  if (!people)
    for (const [input, field] of Object.entries(target.inputs ?? {}))
      if (field.required && field.when === undefined && step.with?.[input] === undefined)
        report(
          'missing_key',
          [...path, 'start'],
          `\`${step.start}\` requires the input \`${input}\`: give it in \`with\`.`,
        )
  if (step.each !== undefined && !people) checkRows({ context, report }, step, step.each, path)
  else if (step.key !== undefined)
    report(
      'unknown_key',
      [...path, 'key'],
      '`key` names a row, and without a list in `each` there are none: take it out.',
    )
}

function checkRows(
  { context, report }: Pick<Study, 'context' | 'report'>,
  step: StartText,
  each: string,
  path: Path,
): void {
  const list = fieldAt(context, each, [...path, 'each'])
  if (!list) return
  if (list.type !== 'list')
    report('wrong_type', [...path, 'each'], `\`${each}\` is a ${list.type}: \`each\` needs a list.`)
  else if (step.key === undefined)
    report('missing_key', path, '`each` needs `key`: the member that tells the rows apart.')
  else if (isKnown(report, 'member', step.key, Object.keys(list.of ?? {}), [...path, 'key'])) {
    if (!list.of?.[step.key]?.required)
      report('unanswered', [...path, 'key'], `\`${step.key}\` tells the rows apart: make it required in the list.`)
  }
}

/** Inputs of an opening procedure that are named like a fact set it; nothing else may. */
function checkOpening({ context, parsed, report }: Study): void {
  const { country } = context
  const taken = openingFacts(country)
  const refuse = (fact: string, path: Path) => {
    if (taken.has(fact))
      report(
        'opening_fact',
        [...path, fact],
        `\`${fact}\` is always asked when a case is opened, and nothing else may set it: correct the opening, or use another fact.`,
      )
  }
  for (const fact of Object.keys(parsed.set ?? {})) refuse(fact, ['set'])
  for (const [index, step] of parsed.steps.entries()) {
    if (step.kind === 'start') continue
    for (const [id, outcome] of Object.entries(step.outcomes))
      for (const fact of Object.keys(outcome.set ?? {})) refuse(fact, ['steps', index, 'outcomes', id, 'set'])
  }
  if (!context.document.begins.includes('opening')) return
  for (const [id, field] of Object.entries(context.document.inputs ?? {})) {
    const fact = country.facts[id]
    if (!fact) continue
    const same =
      fact.type === field.type ||
      (fact.type === 'choice' && field.type === 'code') ||
      (fact.type === 'text' && CEL_TYPES[field.type] === 'string')
    if (!same)
      report(
        'wrong_type',
        ['inputs', id, 'type'],
        `\`${id}\` sets the fact of that name, which is a ${fact.type}: make the input one too.`,
      )
    if (field.personal)
      report(
        'personal_read',
        ['inputs', id],
        `\`${id}\` sets the fact of that name, and a personal answer cannot be a fact: take \`personal\` out, or rename the input.`,
      )
  }
}

/** Only what opening always asks: a fact that may have been unknown then can be found out later. */
function openingFacts(country: Country): Set<string> {
  const opening = Object.values(country.procedures).filter(
    (procedure) => procedure.begins.includes('opening') && procedure.subject === 'case',
  )
  const inputs = opening.flatMap((procedure) => Object.entries(procedure.inputs ?? {}))
  return new Set(inputs.flatMap(([id, field]) => (field.required && country.facts[id] ? [id] : [])))
}
