/** Exact enumeration: every way in which the steps before a step can have ended when it opens. */

import type { AfterItem, Step } from '../compiled.ts'
import type { Parsed } from './study.ts'
import { silentOutcomes, standing, stops } from './outcomes.ts'

/** Step id → how it ended: an outcome, `not_needed`, `off_path`, or `open` when it has not ended yet. */
export type Endings = Record<string, Ending>
export type Ending = { outcome: string } | 'not_needed' | 'off_path' | 'open'

export const MOST_NODES = 200_000

/** The steps that `step` waits for, directly or not, in the order of the file. */
export function ancestors(parsed: Parsed, ...ids: string[]): Step[] {
  const found = new Set<string>()
  const wanted = new Set(ids)
  for (const step of parsed.steps.toReversed()) {
    if (!wanted.has(step.id) && !found.has(step.id)) continue
    for (const item of step.after.flat()) found.add(item.step)
  }
  return parsed.steps.filter((step) => found.has(step.id))
}

/** The steps that wait for `step`, directly or not, and itself. */
export function descendants(parsed: Parsed, id: string): Set<string> {
  const found = new Set([id])
  for (const step of parsed.steps) if (step.after.flat().some((item) => found.has(item.step))) found.add(step.id)
  return found
}

export function isDone(ending: Ending | undefined): ending is { outcome: string } {
  return typeof ending === 'object'
}

/** Sentence 1: AND of ORs; a bare step counts once it is done or not needed. */
export function opens(parsed: Parsed, step: Step, endings: Endings): boolean {
  return step.after.every((alternatives) => alternatives.some((item) => counts(parsed, item, endings[item.step])))
}

function counts(parsed: Parsed, item: AfterItem, ending: Ending | undefined): boolean {
  if (ending === 'not_needed') return item.outcome === undefined || item.outcome === 'not_needed'
  if (!isDone(ending)) return false
  const step = parsed.steps.find((each) => each.id === item.step)
  if (step && stops(step, ending.outcome)) return false
  return item.outcome === undefined || item.outcome === ending.outcome
}

export type Endable = (step: Step) => Ending[]

/** Visits every combination of endings of `steps`; stops early when `visit` says true. Returns the nodes seen. */
export function enumerate(
  parsed: Parsed,
  steps: readonly Step[],
  endable: Endable,
  visit: (endings: Endings) => boolean,
): number {
  const endings: Endings = {}
  let nodes = 0
  const go = (index: number): boolean => {
    nodes += 1
    if (nodes > MOST_NODES) return true
    const step = steps[index]
    if (!step) return visit(endings)
    const possible: Ending[] = opens(parsed, step, endings) ? endable(step) : ['off_path']
    return possible.some((ending) => {
      endings[step.id] = ending
      return go(index + 1)
    })
  }
  go(0)
  return nodes
}

/** Every ending that can make a difference: outcomes that nothing tells apart are taken as one. */
export function allEndings(parsed: Parsed): Endable {
  const named = new Set(
    parsed.steps.flatMap((step) => step.after.flat().map((item) => `${item.step}=${item.outcome ?? ''}`)),
  )
  const memo = new Map<string, Ending[]>()
  return (step) => {
    const known = memo.get(step.id)
    if (known) return known
    const outcomes = standing(step)
    const alike = outcomes.filter((outcome) => !named.has(`${step.id}=${outcome}`) && !stops(step, outcome))
    const merged = isPlain(step)
      ? outcomes.filter((outcome) => !alike.includes(outcome) || outcome === alike[0])
      : outcomes
    const endings: Ending[] = merged.map((outcome) => ({ outcome }))
    if (step.when !== undefined) endings.push('not_needed')
    if (step.kind !== 'start') endings.push('open')
    memo.set(step.id, endings)
    return endings
  }
}

/** Whether every outcome of the step answers the same fields. */
function isPlain(step: Step): boolean {
  return (
    step.kind === 'start' || (silentOutcomes(step).length === 0 && step.form.every((field) => field.when === undefined))
  )
}

/** Endings that come about without anybody: lapses, starts, steps that are not needed. */
export function silentEndings(step: Step): Ending[] {
  const endings: Ending[] =
    step.kind === 'start' ? [{ outcome: 'started' }] : silentOutcomes(step).map((outcome) => ({ outcome }))
  if (step.when !== undefined) endings.push('not_needed')
  return step.kind === 'start' ? endings : [...endings, 'open']
}

/** The path in words, for a counter-example: `draft=done, visits not needed`. */
export function inWords(steps: readonly Step[], endings: Endings, also: string | null = null): string {
  const words = steps.flatMap(({ id }) => {
    const ending = endings[id]
    if (isDone(ending)) return [`${id}=${ending.outcome}`]
    if (ending === 'not_needed') return [`${id} not needed`]
    if (ending === 'open') return [`${id} still open`]
    return id === also ? [`${id} off its path`] : []
  })
  return words.length === 0 ? 'at the very beginning' : `when ${words.join(', ')}`
}
