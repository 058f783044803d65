import type { Extension, Lapse, PlaceRef, StartStep, Step, WorkStep } from '../compiled.ts'
import type { Path } from '../problem.ts'
import { isWork } from '../shapes/step.ts'
import type { extension, StartText, StepText, WorkText } from '../shapes/step.ts'
import type { z } from 'zod'
import { afterOf } from './after.ts'
import { isKnown } from './context.ts'
import type { Context } from './context.ts'
import { evidenceOf, fieldsOf } from './fields.ts'
import { firstMatch } from './first-match.ts'
import { ladderOf, remindersOf, termsAt } from './ladder.ts'
import { celOf } from './literal.ts'
import { momentAt } from './moment.ts'
import { outcomesOf } from './outcomes.ts'
import { disclosesOf, holdsOf, notByOf } from './references.ts'
import { repeatOf } from './repeat.ts'
import { isRole, placeAt, rolesAt } from './roles.ts'

const NOWHERE: PlaceRef = { place: '' }

export function stepAt(context: Context, step: StepText, index: number): Step {
  const path: Path = ['steps', index]
  if (step.source !== undefined)
    isKnown(
      context.report,
      'source',
      step.source,
      [...Object.keys(context.country.sources), 'assumption'],
      [...path, 'source'],
    )
  const at = step.at === undefined ? null : placeAt(context, step.at, [...path, 'at'])
  const shared = {
    id: step.id,
    stage: step.stage ?? context.document.stage,
    at: at ?? placeAt({ ...context, report: () => undefined }, context.document.at, []) ?? NOWHERE,
    after: afterOf(context, step, index),
    ...(step.when !== undefined && { when: step.when }),
    ...(step.restricted !== undefined && { restricted: step.restricted }),
  }
  return isWork(step) ? { ...shared, ...workAt(context, step, index) } : { ...shared, ...startAt(context, step, index) }
}

type Own<S extends Step> = Omit<S, 'id' | 'stage' | 'at' | 'after' | 'when' | 'restricted'>

function workAt(context: Context, step: WorkText, index: number): Own<WorkStep> {
  const path: Path = ['steps', index]
  const moments = (value: string | string[], key: string) =>
    firstMatch(context, value, [...path, key], (entry) => momentAt(context, entry.text, entry.path, entry.offset))
  const role = firstMatch(context, step.role, [...path, 'role'], (entry) =>
    rolesAt(context, entry.text, entry.path, entry.offset),
  )
  const opens = step.opens === undefined ? null : moments(step.opens, 'opens')
  const due = step.due === undefined ? null : moments(step.due, 'due')
  const lapses = lapseOf(context, step, path)
  const extend = extensionAt(context, step.extend, [...path, 'extend'])
  const repeat = repeatOf(context, step, index)
  for (const [place, gate] of (step.requires ?? []).entries())
    isKnown(context.report, 'gate', gate, Object.keys(context.country.gates), [...path, 'requires', place])
  if (step.ends_with !== undefined) {
    const others = context.document.steps.filter((each) => each.id !== step.id).map((each) => each.id)
    isKnown(context.report, 'step', step.ends_with, others, [...path, 'ends_with'])
  }
  const discloses = disclosesOf(context, step, index)
  return {
    kind: step.kind,
    role: role ?? [],
    requires: step.requires ?? [],
    holds: holdsOf(context, step, index),
    ...(opens && { opens }),
    ...(due && { due }),
    remind: remindersOf(context, step, index),
    ...(lapses && { lapses }),
    ladder: ladderOf(context, step, index),
    ...(extend && { extend }),
    ...(repeat && { repeat }),
    ...(step.ends_with !== undefined && { endsWith: step.ends_with }),
    form: fieldsOf(context, step.form, [...path, 'form']),
    evidence: evidenceOf(step),
    notBy: notByOf(context, step, index),
    ...(discloses && { discloses }),
    outcomes: outcomesOf(context, step, index),
    essential: step.essential ?? false,
    tags: step.tags ?? [],
  }
}

function lapseOf(context: Context, step: WorkText, path: Path): Lapse | null {
  if (!step.lapses) return null
  const { country, report } = context
  const inside: Path = [...path, 'lapses']
  const at = firstMatch(context, step.lapses.at, [...inside, 'at'], (entry) =>
    momentAt(context, entry.text, entry.path, entry.offset),
  )
  const known = isKnown(report, 'outcome', step.lapses.outcome, Object.keys(step.outcomes), [...inside, 'outcome'])
  isKnown(report, 'source', step.lapses.basis, [...Object.keys(country.sources), 'assumption'], [...inside, 'basis'])
  const extend = extensionAt(context, step.lapses.extend, [...inside, 'extend'])
  if (!at || !known) return null
  return { at, outcome: step.lapses.outcome, basis: step.lapses.basis, ...(extend && { extend }) }
}

function extensionAt(context: Context, text: z.infer<typeof extension> | undefined, path: Path): Extension | null {
  if (!text) return null
  const known = isRole(context, text.by, [...path, 'by'])
  const [most, ...more] = termsAt(context, text.most, [...path, 'most']) ?? []
  if (more.length > 0)
    context.report(
      'unreadable',
      [...path, 'most'],
      `\`${text.most}\` has several parts: write one, such as \`30 days\`.`,
    )
  return known && most && more.length === 0 ? { by: text.by, most } : null
}

function startAt(context: Context, step: StartText, index: number): Own<StartStep> {
  const options = (input: string) => {
    const field = context.country.procedures[step.start]?.inputs?.[input]
    return Object.keys(field?.options ?? context.country.lists[field?.list ?? ''] ?? {})
  }
  isKnown(context.report, 'procedure', step.start, context.procedureIds, ['steps', index, 'start'])
  const given = Object.entries(step.with ?? {}).map(([input, value]) => [input, celOf(value, options(input))] as const)
  return {
    kind: 'start',
    start: step.start,
    ...(step.each !== undefined && { each: step.each }),
    ...(step.key !== undefined && { key: step.key }),
    with: Object.fromEntries(given),
  }
}
