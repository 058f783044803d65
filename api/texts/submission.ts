/** What somebody submitted with one item: answers in the order of the form, and the documents joined to it. */

import type { AnswerValue, CaseEvent, Entry, EvidenceItem, FactValue, ItemId } from '../../cases/events.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import { parseItem } from '../../cases/item.ts'
import { workOf } from '../../cases/progress/draft.ts'
import type { Field } from '../../procedures/language/compiled.ts'
import type { PersonalAnswer } from '../../database/queries/personal.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { Deps } from '../context/deps.ts'
import { valueText } from './values.ts'

export interface ShownAnswer {
  id: string
  label: string
  value: AnswerValue
  text: string
  personal?: true
}
export interface Submission {
  outcome: string
  answers: ShownAnswer[]
  documents: { evidence: string; label: string; id?: string; href?: string; kept_at?: string | null }[]
}
type Ended = Extract<CaseEvent, { kind: 'step_ended' }>

/** The entries of a case and its personal answers: what submissions are read from. */
export interface Kept {
  entries: Entry[]
  personal: PersonalAnswer[]
}

export const endingOf = (item: ItemId, entries: readonly Entry[]): Ended | undefined =>
  entries
    .map(({ event }) => event)
    .findLast((event): event is Ended => event.kind === 'step_ended' && event.item === item)

/** undefined for an item that has not ended. Fields that only a restricted run may read are left out. */
export function submissionOf(deps: Deps, loaded: LoadedCase, item: ItemId, record: Kept): Submission | undefined {
  const ended = endingOf(item, record.entries)
  const work = workOf(loaded.seen, loaded.world, item)
  if (!ended || !work || work.run.unread === true) return undefined
  const labels = loaded.labelsOf(loaded.state)
  const { language, world } = loaded
  const reading = { country: deps.country, labels, language, today: dayOf(world.now) }
  const step = deps.country.procedures[work.procedure.id]?.steps.find((one) => one.id === work.rule.id)
  const texts = step && step.kind !== 'start' ? step : undefined
  const corrected = correctionsOf(item, record.entries)
  const sealed = personalOf(item, record)
  const answers = work.rule.form.flatMap((field): ShownAnswer[] => {
    if (field.restricted !== undefined) return []
    const text = texts?.form?.[field.id]
    const label = text?.label[language] ?? field.id
    if (field.personal) {
      const one = sealed.findLast((answer) => answer.field === field.id)
      return one
        ? [{ id: field.id, label, value: one.value, text: valueText(field, text, one.value, reading), personal: true }]
        : []
    }
    const value = opened(field, corrected[field.id] ?? ended.answers[field.id], sealed)
    return value === undefined || value === null
      ? []
      : [{ id: field.id, label, value, text: valueText(field, text, value, reading) }]
  })
  const documents = Object.entries(ended.evidence).flatMap(([evidence, items]) =>
    items.map((one) => ({
      evidence,
      label: texts?.evidence?.[evidence]?.label[language] ?? evidence,
      ...joined(one, sealed.findLast((answer) => answer.field === `paper.${evidence}`)?.value),
    })),
  )
  return { outcome: ended.outcome, answers, documents }
}

/** Personal members of rows are digests in the ledger; their values are sealed under `field.row.member`. */
function opened(field: Field, value: AnswerValue | undefined, sealed: PersonalAnswer[]): AnswerValue | undefined {
  const hidden = (field.of ?? []).filter((member) => member.personal)
  if (hidden.length === 0 || !Array.isArray(value)) return value
  return value.map((row, index) => {
    const members = hidden.map(({ id }): [string, FactValue] => {
      const found = sealed.findLast((one) => one.field === `${field.id}.${index}.${id}`)?.value ?? null
      return [id, typeof found === 'object' ? null : found]
    })
    return { ...(typeof row === 'object' ? row : {}), ...Object.fromEntries(members) }
  })
}

const joined = (one: EvidenceItem, paper: AnswerValue | undefined) =>
  'document' in one ? { id: one.document, href: `/api/v1/documents/${one.document}` } : { kept_at: keptAt(paper) }

const keptAt = (paper: AnswerValue | undefined): string | null =>
  typeof paper === 'object' && paper !== null && 'kept_at' in paper && typeof paper['kept_at'] === 'string'
    ? paper['kept_at']
    : null

function correctionsOf(item: ItemId, entries: readonly Entry[]): Ended['answers'] {
  return entries.reduce<Ended['answers']>(
    (all, { event }) => (event.kind === 'answer_corrected' && event.item === item ? { ...all, ...event.answers } : all),
    {},
  )
}

/** Personal answers given by the acts that ended or corrected an item; an orphan is never shown. */
export function personalOf(item: ItemId, { entries, personal }: Kept): PersonalAnswer[] {
  const actions = entries.flatMap(({ event, action }) =>
    action !== null && (event.kind === 'step_ended' || event.kind === 'answer_corrected') && event.item === item
      ? [action]
      : [],
  )
  const order = new Map(actions.map((action, index) => [action, index]))
  return personal
    .filter((one) => order.has(one.actionId) && one.item === item)
    .toSorted((a, b) => (order.get(a.actionId) ?? 0) - (order.get(b.actionId) ?? 0))
}

/** The send-back that opened this round of a step; undefined in the first round and after a repeat. */
export function sendBackTo(item: ItemId, entries: readonly Entry[]) {
  const parts = parseItem(item)
  if (!parts || parts.round < 2) return undefined
  const opened = entries.findLast(({ event }) => event.kind === 'step_opened' && event.item === item)
  const found = entries.findLast(
    ({ seq, event }) =>
      seq < (opened?.seq ?? Infinity) &&
      event.kind === 'sent_back' &&
      parseItem(event.item)?.run === parts.run &&
      event.steps.includes(parts.step),
  )
  return found?.event.kind === 'sent_back' ? { entry: found, event: found.event } : undefined
}
