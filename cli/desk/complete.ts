/** Completes a step from what was typed; what the form still wants is asked for, or said. */

import type { Schemas } from '../../client/answers.ts'
import type { Body, Json } from '../../client/person.ts'
import { asked, type FormField } from '../../client/fill.ts'
import type { Asker } from './ask.ts'
import type { DeskClient } from './client.ts'
import { UsageWrong } from '../command.ts'
import type { DeskOptions } from './options.ts'
import type { Words } from './words.ts'

interface Wanted extends FormField {
  label?: string
}

const TRUE = new Set(['true', 'yes', 'oui', '1'])
const FALSE = new Set(['false', 'no', 'non', '0'])

/** What was typed, as the field takes it; a value of another type is left for the API to refuse in words. */
export function valueOf(field: FormField | undefined, typed: string): Json {
  switch (field?.type) {
    case 'number':
    case 'money':
    case 'score':
      return typed.trim() !== '' && Number.isFinite(Number(typed)) ? Number(typed) : typed
    case 'yes_no':
      return TRUE.has(typed.toLowerCase()) ? true : FALSE.has(typed.toLowerCase()) ? false : typed
    case 'codes':
      return typed.split(',').map((one) => one.trim())
    case 'list':
    case 'consent':
      return parsed(typed)
    default:
      return typed
  }
}
function parsed(typed: string): Json {
  try {
    return JSON.parse(typed) as Json
  } catch {
    return typed
  }
}

interface Desk {
  client: DeskClient
  options: DeskOptions
  words: Words
  asker: Asker
}

async function outcomeFor({ options, words, asker }: Desk, form: Schemas['Form']): Promise<string> {
  const ids = form.outcomes.map((one) => one.id)
  const [only] = ids
  const given = options.outcome ?? (ids.length === 1 ? only : undefined)
  const said = given ?? (await asker.ask(`${words.outcome} (${ids.join(' | ')}) : `))
  if (said === undefined || said === null) throw new UsageWrong(words.missingOutcome(ids.join('|')))
  return said
}

async function answersFor(
  { options, words, asker }: Desk,
  form: Schemas['Form'],
  outcome: string,
  draft: Body,
): Promise<Body> {
  const fields: Wanted[] = form.fields
  const answers: Body = { ...draft }
  for (const [id, typed] of options.answers) {
    answers[id] = valueOf(
      fields.find((field) => field.id === id),
      typed,
    )
  }
  for (const field of fields) {
    const known = answers[field.id] !== undefined || options.absent.has(field.id)
    if (known || field.required !== true || !asked(field.ask_when, { ...answers, outcome })) continue
    const choices = (field.options ?? []).map((one) => one.id).join(' | ')
    const typed = await asker.ask(`${field.label ?? field.id}${choices === '' ? '' : ` (${choices})`} : `)
    if (typed === null) throw new UsageWrong(words.missing(field.id))
    answers[field.id] = valueOf(field, typed)
  }
  return answers
}

async function evidenceFor(
  { options, words, asker }: Desk,
  form: Schemas['Form'],
  answers: Body,
  draft: Body,
): Promise<Body> {
  const evidence: Body = { ...draft }
  for (const [id, where] of options.papers) evidence[id] = [{ paper: { kept_at: where } }]
  for (const rule of form.evidence) {
    if (evidence[rule.id] !== undefined || rule.required !== true || !asked(rule.ask_when, answers)) continue
    const where = await asker.ask(`${rule.label ?? rule.id} (${words.paperWhere}) : `)
    if (where === null) throw new UsageWrong(words.missingPaper(rule.id))
    evidence[rule.id] = [{ paper: { kept_at: where } }]
  }
  return evidence
}

/** Throws `UsageWrong` for what is missing and nobody can be asked for. */
export async function complete(desk: Desk, item: Schemas['WorkItem']): Promise<Schemas['Action']> {
  const { client, options, words } = desk
  const act = item.actions.find((one) => one.act === 'complete_step')
  if (act === undefined) {
    const why = item.not_now.find((one) => one.act === 'complete_step')
    throw new UsageWrong(why === undefined ? words.cannotNow : why.why)
  }
  const { form, draft } = item
  const outcome = await outcomeFor(desk, form)
  const answers = await answersFor(desk, form, outcome, (draft?.answers ?? {}) as Body)
  const evidence = await evidenceFor(desk, form, { ...answers, outcome }, { ...draft?.evidence })
  return client.act(act.href, {
    ...act.body,
    outcome,
    answers,
    evidence,
    ...(options.absent.size === 0 ? {} : { absent: Object.fromEntries(options.absent) }),
    ...(options.happened === undefined ? {} : { happened: options.happened }),
    ...(options.via === undefined ? {} : { via: options.via }),
  })
}
