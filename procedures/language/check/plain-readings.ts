/** What clauses read without a condition: the anchors of clocks, and fields that name a person, a place or a list. */

import type { Anchor, FirstMatch, Moment, Step, WorkStep } from '../compiled.ts'
import type { Context } from '../parse/context.ts'
import { entriesOf } from '../parse/first-match.ts'
import type { Path } from '../problem.ts'
import { isWork } from '../shapes/step.ts'
import type { WorkText } from '../shapes/step.ts'
import type { Parsed, Clause, Reading } from './study.ts'

type Sure = (path: Path) => readonly string[]

export function plainReadings(context: Context, parsed: Parsed, sure: Sure): Reading[] {
  return context.document.steps.flatMap((text, index) => {
    const step = parsed.steps[index]
    if (!step) return []
    const path: Path = ['steps', index]
    const place =
      'field' in step.at
        ? [fieldReading(step, 'at', text.at === undefined ? ['at'] : [...path, 'at'], step.at.field, [])]
        : []
    if (step.kind === 'start') {
      if (step.each === undefined || step.each === 'people') return place
      return [...place, fieldReading(step, 'each', [...path, 'each'], step.each, [])]
    }
    return isWork(text) ? [...place, ...workReadings(text, step, path, sure)] : place
  })
}

function workReadings(text: WorkText, step: WorkStep, path: Path, sure: Sure): Reading[] {
  const roles = entriesOf(text.role, [...path, 'role']).flatMap((entry, index) =>
    (step.role[index]?.then ?? []).flatMap((ref) =>
      'field' in ref ? [fieldReading(step, 'role', entry.path, ref.field, sure(entry.path))] : [],
    ),
  )
  const clocks = [
    ...momentReadings(step, 'opens', text.opens, step.opens, [...path, 'opens'], sure),
    ...momentReadings(step, 'due', text.due, step.due, [...path, 'due'], sure),
    ...momentReadings(step, 'lapses', text.lapses?.at, step.lapses?.at, [...path, 'lapses', 'at'], sure),
  ]
  const reminders = (text.remind ? step.remind : []).flatMap((moment, index) =>
    anchorReading(step, 'remind', [...path, 'remind', index], moment.anchor, []),
  )
  const from =
    step.repeat?.kind === 'dates'
      ? anchorReading(step, 'repeat', [...path, 'repeat', 'from'], step.repeat.from, [])
      : []
  return [...roles, ...clocks, ...reminders, ...from]
}

function momentReadings(
  step: Step,
  clause: Clause,
  text: string | string[] | undefined,
  moments: FirstMatch<Moment> | undefined,
  path: Path,
  sure: Sure,
): Reading[] {
  return entriesOf(text ?? [], path).flatMap((entry, index) => {
    const moment = moments?.[index]?.then
    return moment ? anchorReading(step, clause, entry.path, moment.anchor, sure(entry.path)) : []
  })
}

function anchorReading(step: Step, clause: Clause, path: Path, anchor: Anchor, sure: readonly string[]): Reading[] {
  switch (anchor.kind) {
    case 'opening':
    case 'due':
      return []
    case 'step': {
      const guarded = sure.some((key) => key.startsWith(`${anchor.step}.`))
      return [{ ...bare(step, clause, path), root: anchor.step, member: null, guarded }]
    }
    case 'field':
      return [fieldReading(step, clause, path, `${anchor.step}.${anchor.field}`, sure)]
    case 'input':
      return [fieldReading(step, clause, path, `input.${anchor.field}`, sure)]
    case 'fact':
      return [{ ...bare(step, clause, path), root: anchor.fact, member: null, guarded: false }]
  }
}

function fieldReading(step: Step, clause: Clause, path: Path, reference: string, sure: readonly string[]): Reading {
  const [root = '', member = ''] = reference.split('.')
  return { ...bare(step, clause, path), root, member, guarded: sure.includes(reference) }
}

function bare(step: Step, clause: Clause, path: Path): Omit<Reading, 'root' | 'member' | 'guarded'> {
  return { step, clause, path, offset: 0, outcome: null, into: null }
}
