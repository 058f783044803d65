/** Answers of the API as lines for a terminal. */

import type { Body, Json } from '../../client/person.ts'
import type { Words } from './words.ts'

export const rowsOf = (value: Json | undefined): Body[] => (Array.isArray(value) ? (value as Body[]) : [])
export const textOf = (value: Json | undefined): string => (value === undefined || value === null ? '' : String(value))
export const labelOf = (value: Json | undefined): string => textOf((value as Body | null | undefined)?.['label'])
const inside = (body: Body, name: string): Body => (body[name] as Body | null) ?? {}

const titled = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]

export function workLines(list: Body, words: Words): string[] {
  const counts = inside(list, 'counts')
  const items = rowsOf(list['items']).flatMap((item) => {
    const about = inside(item, 'case')
    const deadline = inside(item, 'deadline')
    const mark = deadline['state'] === 'late' ? '!' : ' '
    const person = textOf(about['person'])
    return [
      '',
      `${mark} ${textOf(item['title'])}${person === '' ? '' : ` — ${person}`}`,
      ...(deadline['text'] === undefined ? [] : [`  ${textOf(deadline['text'])}`]),
      `  ${textOf(item['id'])}`,
    ]
  })
  const head = words.counts(Number(counts['late']), Number(counts['due_today']), Number(counts['later']))
  const none = items.length === 0 ? ['', words.nothing] : []
  return [head, ...items, ...none, ...(list['next'] ? ['', words.more] : [])]
}

const fieldLine = (field: Body, words: Words): string => {
  const options = rowsOf(field['options']).map((one) => textOf(one['id']))
  const more = [textOf(field['type']), ...(field['required'] === true ? [words.required] : []), options.join(' | ')]
  return `${textOf(field['id'])}  ${textOf(field['label'])} (${more.filter((one) => one !== '').join(', ')})`
}

export function itemLines(item: Body, words: Words): string[] {
  const about = inside(item, 'case')
  const form = inside(item, 'form')
  const deadline = inside(item, 'deadline')
  return [
    `${textOf(item['title'])} — ${textOf(about['number'])}, ${textOf(about['person'])}`,
    ...[item['help'], deadline['text'], deadline['why']].map(textOf).filter((line) => line !== ''),
    ...titled(
      words.outcomes,
      rowsOf(form['outcomes']).map((one) => `${textOf(one['id'])}  ${textOf(one['label'])}. ${textOf(one['then'])}`),
    ),
    ...titled(
      words.fields,
      rowsOf(form['fields']).map((field) => fieldLine(field, words)),
    ),
    ...titled(
      words.evidence,
      rowsOf(form['evidence']).map((one) => fieldLine(one, words)),
    ),
    ...titled(
      words.ifNobody,
      rowsOf(item['if_nobody_acts']).map((one) => `${textOf(one['at']).slice(0, 10)}  ${textOf(one['text'])}`),
    ),
    ...titled(words.can, actLines(item)),
    ...rowsOf(item['not_now']).map((one) => `  – ${textOf(one['label'])} : ${textOf(one['why'])}`),
  ]
}

const actLines = (body: Body): string[] =>
  rowsOf(body['actions']).map((one) => `${textOf(one['label'])} (${textOf(one['act'])})`)

export function caseLines(found: Body, words: Words): string[] {
  const person = inside(found, 'person')
  return [
    [found['number'], labelOf(found['stage']), found['status'], labelOf(found['place'])].map(textOf).join(' · '),
    [person['name'], person['birth'], person['phone']].map(textOf).filter(Boolean).join(', '),
    ...titled(
      words.steps,
      rowsOf(found['open_steps']).flatMap((one) => [
        `${one['you_may_act'] === true ? '*' : ' '} ${textOf(one['title'])} — ${textOf(inside(one, 'deadline')['text'])}`,
        `    ${textOf(one['id'])}`,
      ]),
    ),
    ...titled(
      words.runs,
      rowsOf(found['runs']).map((run) => `${labelOf(run['procedure'])} (${textOf(run['state'])})`),
    ),
    ...titled(words.can, actLines(found)),
  ]
}

export function explainLines(why: Body, words: Words): string[] {
  const waiting = rowsOf(why['waiting']).flatMap((one) => [
    '',
    textOf(one['title']),
    ...rowsOf(one['arithmetic']).map((line) => `  ${textOf(line['text'])}`),
    ...rowsOf(one['if_nobody_acts']).map((line) => `  ${words.ifNobody} : ${textOf(line['text'])}`),
  ])
  const held = rowsOf(why['held']).map((one) => `${textOf(one['title'])} : ${textOf(one['text'])}`)
  return [textOf(why['text']), ...waiting, ...held]
}

export const doneLines = (done: Body, words: Words): string[] => [
  textOf(done['text']),
  ...rowsOf(done['opened']).map(
    (one) =>
      `  ${words.opened} : ${textOf(one['title'])} — ${textOf(inside(one, 'deadline')['text'])}\n    ${textOf(one['id'])}`,
  ),
]

/** What was refused, everything wrong at once, who could do it, and what to do next. */
export function problemLines(status: number, problem: Body, words: Words): string[] {
  const who = rowsOf(problem['who']).map((one) => {
    const people = rowsOf(one['people']).map((person) => textOf(person['label']))
    return `${labelOf(one['role'])}${people.length === 0 ? '' : ` : ${people.join(', ')}`}`
  })
  const seconds = (problem['retry'] as { after_seconds?: number } | undefined)?.after_seconds
  return [
    ...[problem['title'], problem['detail']].map(textOf).filter((line) => line !== ''),
    ...rowsOf(problem['errors']).map((one) => `  ${textOf(one['pointer'])}  ${textOf(one['message'])}`),
    ...titled(words.who, who),
    ...(status === 401 && problem['code'] !== 'sign_in_refused' ? [words.signInAgain] : []),
    ...(seconds === undefined ? [] : [words.later(seconds)]),
  ]
}
