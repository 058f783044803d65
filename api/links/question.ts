/** What is asked behind a link, in words: for the page and for programs. Nothing about the person is in it. */

import { randomUUID } from 'node:crypto'
import { basisOf } from '../../cases/basis.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import { spokenClock } from '../../cases/overview.ts'
import type { Work } from '../../cases/progress/draft.ts'
import { deadlineInstantText } from '../../cases/words/dates.ts'
import type { PartnerQuestion } from '../../console/partner-page.tsx'
import type { Deps, Language } from '../context/deps.ts'
import { formOf } from '../texts/form.ts'
import { textOf } from '../texts/form-texts.ts'
import type { LoadedLink } from './load-link.ts'
import { lineText } from './line.ts'

const WORDS = {
  fr: {
    from: 'Segin — réintégration des migrants, Mali',
    family: 'Besoin',
    urgency: 'Délai souhaité',
    before: (at: string) => `Répondez avant le ${at}`,
  },
  en: {
    from: 'Segin — reintegration of migrants, Mali',
    family: 'Need',
    urgency: 'Wished within',
    before: (at: string) => `Answer before ${at}`,
  },
} as const

export function questionOf(deps: Deps, link: LoadedLink, work: Work, path: string) {
  const { language } = link
  const words = WORDS[language]
  const texts = textOf(deps.country, work.procedure.id, work.rule.id)
  const spoken = spokenClock(link.state.clocks, work.item)
  const by = spoken
    ? {
        by: new Date(spoken[1].target).toISOString(),
        text: words.before(deadlineInstantText(spoken[1].target, language, dayOf(link.world.now))),
      }
    : { by: null, text: null }
  const { digest: _digest, ...form } = formOf(deps, link, work, texts)
  return {
    title: deps.country.procedures[work.procedure.id]?.title[language] ?? '',
    from: words.from,
    for: link.partner.name,
    reference: link.number,
    asked: { title: link.labelsOf(link.state).step(work.item), help: texts?.help?.[language] ?? null, ...by },
    summary: needOf(deps, work, language),
    form: { ...form, outcomes: form.outcomes.map(({ id, label }) => ({ id, label })), not_offered: [] },
    send: {
      method: 'POST',
      href: path,
      body: { key: randomUUID(), basis: basisOf(link.state, work) },
      fill: ['code', 'outcome', 'answers', 'absent', 'evidence'],
    },
    call: lineText(link.call),
  }
}
export type Question = ReturnType<typeof questionOf>

/** The same, as the page takes it. */
export const pageOf = (question: Question, { language, call }: LoadedLink, errors: string[]): PartnerQuestion => ({
  language,
  call,
  title: question.asked.title,
  from: question.from,
  partner: question.for,
  reference: question.reference,
  by: question.asked.text,
  help: question.asked.help,
  summary: question.summary,
  outcomes: question.form.outcomes,
  fields: question.form.fields,
  evidence: question.form.evidence.map(({ id, label }) => ({ id, label })),
  action: question.send.href,
  key: question.send.body.key,
  basis: question.send.body.basis,
  errors,
})

function needOf(deps: Deps, work: Work, language: Language): { label: string; value: string }[] {
  const inputs = deps.country.procedures[work.procedure.id]?.inputs
  return (['family', 'urgency'] as const).flatMap((id) => {
    const value = work.run.inputs[id]
    const text = inputs?.[id]
    if (typeof value !== 'string' || !text) return []
    const named = (text.options ?? deps.country.lists[text.list ?? ''])?.[value]
    return [{ label: WORDS[language][id], value: named?.[language] ?? value }]
  })
}
