/** Answers of the API as lines for a terminal. */

import type { Schemas } from '../../client/answers.ts'
import type { Words } from './words.ts'

const said = (texts: (string | null | undefined)[]): string[] => texts.flatMap((text) => (text ? [text] : []))

const titled = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]

export function workLines({ counts, items, next }: Schemas['WorkList'], words: Words): string[] {
  const rows = items.flatMap((item) => {
    const mark = item.deadline?.state === 'late' ? '!' : ' '
    return [
      '',
      `${mark} ${said([item.title, item.case.person]).join(' — ')}`,
      ...(item.deadline === null ? [] : [`  ${item.deadline.text}`]),
      `  ${item.id}`,
    ]
  })
  const head = words.counts(counts.late, counts.due_today, counts.later)
  const none = rows.length === 0 ? ['', words.nothing] : []
  return [head, ...rows, ...none, ...(next ? ['', words.more] : [])]
}

interface Wanted {
  id: string
  label: string
  required: boolean
  type?: string
  options?: Schemas['Named'][]
}
const fieldLine = ({ id, label, required, type, options = [] }: Wanted, words: Words): string => {
  const more = said([type, required ? words.required : null, options.map((one) => one.id).join(' | ')])
  return `${id}  ${label} (${more.join(', ')})`
}

export function itemLines(item: Schemas['WorkItem'], words: Words): string[] {
  const { form, deadline } = item
  return [
    `${item.title} — ${item.case.number}, ${item.case.person ?? ''}`,
    ...said([item.help, deadline?.text, deadline?.why]),
    ...titled(
      words.outcomes,
      form.outcomes.map((one) => `${one.id}  ${one.label}. ${one.then}`),
    ),
    ...titled(
      words.fields,
      form.fields.map((field) => fieldLine(field, words)),
    ),
    ...titled(
      words.evidence,
      form.evidence.map((one) => fieldLine(one, words)),
    ),
    ...titled(
      words.ifNobody,
      item.if_nobody_acts.map((one) => `${one.at.slice(0, 10)}  ${one.text}`),
    ),
    ...titled(words.can, actLines(item)),
    ...item.not_now.map((one) => `  – ${one.label} : ${one.why}`),
  ]
}

const actLines = ({ actions }: { actions: Schemas['OfferedAct'][] }): string[] =>
  actions.map((one) => `${one.label} (${one.act})`)

export function caseLines(found: Schemas['Case'], words: Words): string[] {
  const { person } = found
  return [
    [found.number, found.stage.label, found.status, found.place?.label ?? ''].join(' · '),
    said([person?.name, person?.birth, person?.phone]).join(', '),
    ...titled(
      words.steps,
      found.open_steps.flatMap((one) => [
        `${one.you_may_act ? '*' : ' '} ${one.title} — ${one.deadline?.text ?? ''}`,
        `    ${one.id}`,
      ]),
    ),
    ...titled(
      words.runs,
      found.runs.map((run) => `${run.procedure.label} (${run.state})`),
    ),
    ...titled(words.can, actLines(found)),
  ]
}

export function explainLines(why: Schemas['Explanation'], words: Words): string[] {
  const waiting = why.waiting.flatMap((one) => [
    '',
    one.title,
    ...one.arithmetic.map((line) => `  ${line.text}`),
    ...one.if_nobody_acts.map((line) => `  ${words.ifNobody} : ${line.text}`),
  ])
  return [why.text, ...waiting, ...why.held.map((one) => `${one.title} : ${one.text}`)]
}

export const doneLines = (done: Schemas['Action'], words: Words): string[] => [
  done.text ?? '',
  ...(done.opened ?? []).map((one) =>
    'title' in one
      ? `  ${words.opened} : ${one.title} — ${one.deadline?.text ?? ''}\n    ${one.id}`
      : `  ${words.opened} : ${one.id}`,
  ),
]

/** What was refused, everything wrong at once, who could do it, and what to do next. */
export function problemLines(status: number, problem: Schemas['Problem'], words: Words): string[] {
  const who = (problem.who ?? []).map(({ role, people = [] }) =>
    people.length === 0 ? role.label : `${role.label} : ${people.map(({ label }) => label).join(', ')}`,
  )
  // What stands between us and the API answers in its own way.
  const seconds = problem.retry?.after_seconds
  return [
    ...said([problem.title, problem.detail]),
    ...(problem.errors ?? []).map((one) => `  ${one.pointer}  ${one.message}`),
    ...titled(words.who, who),
    ...(status === 401 && problem.code !== 'sign_in_refused' ? [words.signInAgain] : []),
    ...(seconds === undefined ? [] : [words.later(seconds)]),
  ]
}
