import { ALL_ORDINARY, type BackTo, type Outcome } from '../compiled.ts'
import type { Path } from '../problem.ts'
import type { OutcomeText, WorkText } from '../shapes/step.ts'
import { isKnown } from './context.ts'
import type { Context } from './context.ts'
import { termsAt } from './ladder.ts'
import { celOf } from './literal.ts'
import { isRole } from './roles.ts'

export function outcomesOf(context: Context, step: WorkText, index: number): Record<string, Outcome> {
  const silent = new Set(Object.values(step.outcomes).flatMap((outcome) => outcome.then ?? []))
  if (step.lapses) silent.add(step.lapses.outcome)
  return Object.fromEntries(
    Object.entries(step.outcomes).map(([id, outcome]) => {
      const path: Path = ['steps', index, 'outcomes', id]
      if (id === 'not_needed' || id === 'started')
        context.report(
          'reserved_id',
          path,
          `\`${id}\` says how a step ends by itself: call this outcome something else.`,
        )
      return [id, outcomeOf(context, step, index, outcome, path, outcome.by_hand ?? !silent.has(id))]
    }),
  )
}

function outcomeOf(
  context: Context,
  step: WorkText,
  index: number,
  outcome: OutcomeText,
  path: Path,
  byHand: boolean,
): Outcome {
  const backTo = backToOf(context, step, index, outcome, path)
  const set = setOf(context, outcome.set, [...path, 'set'])
  const close =
    outcome.close === undefined ? undefined : celOf(outcome.close, Object.keys(context.country.lists.closure ?? {}))
  for (const [place, target] of (outcome.stop ?? []).entries())
    isKnown(context.report, 'procedure', target, [...context.procedureIds, 'this', 'all'], [...path, 'stop', place])
  for (const [place, role] of (outcome.notify ?? []).entries()) isRole(context, role, [...path, 'notify', place])
  if (outcome.ends_consent !== undefined)
    isKnown(context.report, 'purpose', outcome.ends_consent, Object.keys(context.country.purposes), [
      ...path,
      'ends_consent',
    ])
  return {
    ...(backTo && { backTo }),
    ...(set && { set }),
    ...(outcome.stop && { stop: outcome.stop.map((target) => (target === 'all' ? ALL_ORDINARY : target)) }),
    ...(close !== undefined && { close }),
    ...(outcome.notify && { notify: outcome.notify }),
    ...(outcome.ends_consent !== undefined && { endsConsent: outcome.ends_consent }),
    ...(outcome.adverse && { adverse: true }),
    byHand,
  }
}

function backToOf(context: Context, step: WorkText, index: number, outcome: OutcomeText, path: Path): BackTo | null {
  const { report, document } = context
  const { back_to: target, within, at_most: atMost, then } = outcome
  if (target === undefined) {
    for (const key of ['within', 'at_most', 'then'] as const)
      if (outcome[key] !== undefined)
        report('unknown_key', [...path, key], `\`${key}\` says how \`back_to\` goes, and there is none: take it out.`)
    return null
  }
  if (within === undefined || atMost === undefined || then === undefined) {
    report(
      'missing_key',
      [...path, 'back_to'],
      '`back_to` needs `within`, `at_most` and `then`: how long, how often, and what happens instead afterwards.',
    )
    return null
  }
  const terms = termsAt(context, within, [...path, 'within'])
  const known = isKnown(report, 'outcome', then, Object.keys(step.outcomes), [...path, 'then'])
  const place = document.steps.findIndex((each) => each.id === target)
  if (place < 0 || place > index) {
    const earlier = document.steps.slice(0, index + 1).map((each) => each.id)
    if (place < 0) isKnown(report, 'step', target, earlier, [...path, 'back_to'])
    else
      report(
        'back_to_target',
        [...path, 'back_to'],
        `\`${target}\` stands below: \`back_to\` goes to an earlier step or to this one.`,
      )
    return null
  }
  if (document.steps[place]?.kind === 'start') {
    report('back_to_target', [...path, 'back_to'], `\`${target}\` starts a procedure: go back to a task or a decision.`)
    return null
  }
  return terms && known ? { step: target, within: terms, atMost, then } : null
}

/** Fact id → compiled expression; null when nothing is set. */
export function setOf(
  context: Context,
  set: Record<string, boolean | number | string> | undefined,
  path: Path,
): Record<string, string> | null {
  if (!set) return null
  const { facts } = context.country
  const entries = Object.entries(set).filter(([fact]) =>
    isKnown(context.report, 'fact', fact, Object.keys(facts), [...path, fact]),
  )
  return Object.fromEntries(entries.map(([fact, value]) => [fact, celOf(value, Object.keys(facts[fact]?.of ?? {}))]))
}
