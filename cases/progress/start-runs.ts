/** Beginning other procedures in the same case: idempotent for each (procedure, key). */

import type { CompiledProcedure, StartStep } from '../../procedures/language/compiled.ts'
import { canonicalJson } from '../canonical.ts'
import { shortDigest } from '../chain.ts'
import { evaluated, holds, namesFor, type Names } from '../conditions.ts'
import type { AnswerValue, Answers, CaseEvent, FactValue, ItemId } from '../events.ts'
import { itemId, parseItem } from '../item.ts'
import { type Draft, emit } from './draft.ts'
import { releaseRun } from './holds.ts'

export interface Beginning {
  procedure: string
  key: string | null
  inputs: Answers
  personal: Record<string, string>
  startedBy: ItemId | null
}

export function startRuns(draft: Draft, runId: string, rule: StartStep): void {
  const run = draft.state.runs[runId]
  const round = (run?.steps[rule.id]?.round ?? 0) + 1
  if (!run || (rule.each !== 'people' && !known(draft, rule.start))) return
  const item = itemId(runId, rule.id, round)
  const names = namesFor(draft.state, draft.world.settings, run, runId)
  if (rule.each === 'people') wantCases(draft, rule, item)
  else if (rule.each === undefined) startOne(draft, rule, item, names)
  else startEach(draft, rule, item, names, rows(run.steps, rule.each))
  emit(draft, {
    kind: 'step_ended',
    item,
    outcome: 'started',
    answers: {},
    personal: {},
    absent: {},
    evidence: {},
    via: 'app',
    onBehalfOf: null,
    how: 'start',
  })
}

function startOne(draft: Draft, rule: StartStep, item: ItemId, names: Names): void {
  const live = Object.values(draft.state.runs).some(
    (run) => run.status === 'open' && run.procedure.id === rule.start && run.key === null,
  )
  if (live) return
  beginRun(draft, { procedure: rule.start, key: null, inputs: given(rule, names), personal: {}, startedBy: item })
}

/**
 * Reconciles a list: the same row untouched, a changed or missing one superseded, a new one begun. Only among what this
 * step of this procedure began, in whatever run: another procedure's list is another list.
 */
function startEach(draft: Draft, rule: StartStep, item: ItemId, names: Names, list: Record<string, FactValue>[]): void {
  const wanted = new Map(
    list.map((row, index) => [String(row[rule.key ?? ''] ?? index + 1), given(rule, { ...names, item: row })]),
  )
  for (const [id, run] of Object.entries(draft.state.runs)) {
    if (run.procedure.id !== rule.start || run.key === null || run.status === 'stopped') continue
    if (beginner(draft, run.startedBy) !== beginner(draft, item)) continue
    const inputs = wanted.get(run.key)
    if (inputs && canonicalJson(inputs) === canonicalJson(run.inputs)) wanted.delete(run.key)
    else if (run.status === 'open') stopRun(draft, id, 'superseded')
  }
  for (const [key, inputs] of wanted) {
    beginRun(draft, { procedure: rule.start, key, inputs, personal: {}, startedBy: item })
  }
}

/** The step of the procedure that a start stands in, the same in all its runs. */
function beginner(draft: Draft, item: ItemId | null): string {
  const parts = item === null ? null : parseItem(item)
  return `${draft.state.runs[parts?.run ?? '']?.procedure.id ?? ''}.${parts?.step ?? ''}`
}

/** In an arrival every row of people is a case of its own, as soon as it is there. */
export function wantCases(draft: Draft, rule: StartStep, item: ItemId): void {
  const names = namesFor(draft.state, draft.world.settings, null, null)
  for (const [row, one] of Object.entries(draft.state.rows)) {
    if (one.wanted) continue
    const inputs = { ...one.inputs, ...given(rule, { ...names, item: one.inputs }) }
    emit(draft, { kind: 'case_wanted', row, procedure: rule.start, inputs, item })
  }
}

function rows(steps: Record<string, { answers?: Answers }>, each: string): Record<string, FactValue>[] {
  const [step = '', field = ''] = each.split('.')
  const list = steps[step]?.answers?.[field]
  return Array.isArray(list) ? list.filter((row): row is Record<string, FactValue> => typeof row === 'object') : []
}

function given(rule: StartStep, names: Names): Answers {
  const inputs: Record<string, AnswerValue> = {}
  for (const [input, expression] of Object.entries(rule.with)) {
    const value = evaluated(expression, names)
    if (value !== undefined) inputs[input] = value
  }
  return inputs
}

/** False, and noted as wanted, until the newest version of the procedure has been looked up. */
export function known(draft: Draft, procedure: string): boolean {
  if (newest(draft, procedure)) return true
  draft.wanted.add(procedure)
  return false
}

export function newest({ world }: Pick<Draft, 'world'>, procedure: string): CompiledProcedure | undefined {
  return world.shelf[world.published[procedure] ?? '']
}

/** The run's id, or null while its procedure has to be looked up. */
export function beginRun(draft: Draft, beginning: Beginning): string | null {
  if (!known(draft, beginning.procedure)) return null
  const procedure = newest(draft, beginning.procedure)
  if (!procedure) return null
  const parent = draft.state.runs[beginning.startedBy?.split('.')[0] ?? '']
  const id = runId(draft, procedure.id)
  emit(draft, {
    kind: 'run_begun',
    run: id,
    procedure: { id: procedure.id, version: procedure.version, hash: procedure.hash },
    stage: procedure.stage,
    key: beginning.key,
    inputs: beginning.inputs,
    personal: beginning.personal,
    startedBy: beginning.startedBy,
    visibleTo: procedure.visibleTo ?? parent?.visibleTo ?? null,
    hiddenFrom: procedure.hiddenFrom ?? null,
    steps: procedure.steps.map((step) => step.id),
  })
  return id
}

/** Letters without order: a number would tell how many hidden runs there are. */
function runId(draft: Draft, procedure: string): string {
  const name = procedure.slice(procedure.indexOf('-') + 1)
  for (let salt = 0; ; salt += 1) {
    const digest = shortDigest([draft.state.id, draft.state.runCount, procedure, salt])
    const letters = [0, 2, 4].map((i) => letter(digest.slice(i, i + 2))).join('')
    const id = `${name}-${letters}`
    if (!draft.state.runs[id]) return id
  }
}
const letter = (hex: string): string => 'abcdefghjkmnpqrstuvwxyz23456789'[Number.parseInt(hex, 16) % 31] ?? 'a'

type Stopped = Extract<CaseEvent, { kind: 'run_stopped' }>['because']

export function stopRun(draft: Draft, id: string, because: Stopped): void {
  releaseRun(draft, id)
  emit(draft, { kind: 'run_stopped', run: id, because })
}

/** Procedures that begin when a condition over facts comes true, once for as long as a run of theirs lives or has lived. */
export function beginByCondition(draft: Draft): void {
  for (const watcher of draft.world.settings.watchers) {
    if (watcher.when === undefined || everBegun(draft, watcher.procedure)) continue
    const names = namesFor(draft.state, draft.world.settings, null, null)
    if (holds(watcher.when, names)) {
      beginRun(draft, { procedure: watcher.procedure, key: null, inputs: {}, personal: {}, startedBy: null })
    }
  }
}

export function everBegun(draft: Draft, procedure: string): boolean {
  return Object.values(draft.state.runs).some((run) => run.procedure.id === procedure)
}
