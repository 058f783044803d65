/**
 * What stands in clear in entries, and so in the history of a workflow: where something personal or free text belongs
 * only its keyed digest, and everywhere else codes, ids, instants and numbers.
 */

import type { Entry } from '../../cases/events.ts'
import { parseItem } from '../../cases/item.ts'
import type { CaseState } from '../../cases/state.ts'
import type { CompiledProcedure, Field } from '../../procedures/language/compiled.ts'

const DIGEST = /^[0-9a-f]{32}$/
const CODE = /^[\w.,:|@/+-]{0,200}$/
/** Marks that people choose for the rows of a list, codes, dates: none is a sentence. */
const LONGEST_ANSWER = 60
/** Where such an answer goes on: the mark of a row names the run that it begins, and a fact takes its value. */
const CHOSEN = new Set(['key', 'row', 'value'])
const IN_WORDS = new Set(['text', 'reason', 'paper'])
const ANSWERS = new Set(['answers', 'inputs'])

/** Numbers of the entries that hold more in clear than they may. */
export function inClear(
  entries: Entry[],
  state: CaseState,
  published: ReadonlyMap<string, CompiledProcedure>,
): number[] {
  const formAt = (run: string, step: string | undefined): Field[] => {
    const procedure = published.get(state.runs[run]?.procedure.hash ?? '')
    const rule = procedure?.steps.find((one) => one.id === step)
    if (step === undefined) return procedure?.inputs ?? []
    return rule === undefined || rule.kind === 'start' ? [] : rule.form
  }
  return entries.filter(({ event }) => !isClean(event, personalOf(event, formAt))).map(({ seq }) => seq)
}

/** Fields whose answers never stand among the others. */
function personalOf(event: Entry['event'], formAt: (run: string, step: string | undefined) => Field[]): Set<string> {
  const item = 'item' in event && event.item !== null ? parseItem(event.item) : null
  const run = 'run' in event ? event.run : item?.run
  const form = run === undefined ? [] : formAt(run, item?.step)
  return new Set(form.filter((field) => field.personal).map((field) => field.id))
}

function isClean(event: Entry['event'], personal: ReadonlySet<string>): boolean {
  // Why a case was closed is a code of its procedure.
  if (event.kind === 'case_closed') return CODE.test(event.reason)
  return isCleanMember('event', event, personal)
}

function isCleanMember(name: string, value: unknown, personal: ReadonlySet<string>): boolean {
  if (CHOSEN.has(name)) return isShort(value)
  if (typeof value === 'string') return IN_WORDS.has(name) ? DIGEST.test(value) : CODE.test(value)
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every((one) => isCleanMember(name, one, personal))
  const members = Object.entries(value)
  if (name === 'personal') return members.every(([, digest]) => typeof digest === 'string' && DIGEST.test(digest))
  if (ANSWERS.has(name)) return members.every(([field, answer]) => !personal.has(field) && isShort(answer))
  return members.every(([member, one]) => isCleanMember(member, one, personal))
}

function isShort(answer: unknown): boolean {
  if (typeof answer === 'string') return answer.length <= LONGEST_ANSWER
  return typeof answer !== 'object' || answer === null || Object.values(answer).every(isShort)
}
