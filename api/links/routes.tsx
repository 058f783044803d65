/** `/r/{token}`: a partner answers without an account. A GET changes nothing, however often a scanner opens it. */

import { randomUUID } from 'node:crypto'
import { basisOf } from '../../cases/basis.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import { spokenClock } from '../../cases/overview.ts'
import type { Work } from '../../cases/progress/draft.ts'
import { instantText } from '../../cases/words/dates.ts'
import { PAGE_HEADERS } from '../../console/page.tsx'
import { PartnerMessage, PartnerPage, type AskedField, type PartnerQuestion } from '../../console/partner-page.tsx'
import { CompleteStep } from '../acts/complete-step.ts'
import type { ApiApp, ApiContext, Deps, Language } from '../deps.ts'
import { Problem, problem } from '../problems/problem.ts'
import { formOf } from '../screens/item/form.ts'
import { answerByLink } from './answer.ts'
import { type LinkAtHand, linkAtHand } from './asked.ts'

const WORDS = {
  fr: {
    from: 'Segin — réintégration des migrants, Mali',
    ended: 'Ce lien n’est plus valable',
    endedText: 'La demande a reçu une réponse, ou a été adressée à quelqu’un d’autre.',
    nothing: 'Rien ne vous est demandé pour le moment',
    nothingText: 'Merci. Gardez ce lien : il montrera la suite quand elle viendra.',
    thanks: 'Merci, votre réponse est enregistrée',
    need: 'Besoin',
  },
  en: {
    from: 'Segin — reintegration of migrants, Mali',
    ended: 'This link is no longer valid',
    endedText: 'The request has been answered, or was sent to somebody else.',
    nothing: 'Nothing is asked of you for the moment',
    nothingText: 'Thank you. Keep this link: it will show what comes next.',
    thanks: 'Thank you, your answer is recorded',
    need: 'Need',
  },
} as const

export const registerLinks = (app: ApiApp, deps: Deps): void => {
  app.get('/r/:token', async (c) =>
    guarded(c, async () => {
      const link = await linkAtHand(deps, c.req.param('token'), c.var.language)
      if (!link.work) return message(c, 200, WORDS[c.var.language].nothing, WORDS[c.var.language].nothingText)
      const question = questionOf(deps, link, link.work, c.req.path, null)
      return wantsJson(c) ? c.json(question, 200, PAGE_HEADERS_JSON) : html(c, 200, <PartnerPage {...question} />)
    }),
  )
  app.post('/r/:token', async (c) =>
    guarded(c, async () => {
      const link = await linkAtHand(deps, c.req.param('token'), c.var.language)
      if (!link.work) throw problem('link_ended')
      const given = await givenIn(c, link.work)
      const parsed = CompleteStep.safeParse({ ...given.body, step: `${link.number}.${link.work.item}` })
      if (!parsed.success) throw problem('unreadable')
      const answered = await answerByLink(deps, link, link.work, given.key, parsed.data)
      if (answered.kind === 'refused') {
        const question = questionOf(deps, link, link.work, c.req.path, answered.text)
        return wantsJson(c)
          ? c.json({ status: 'refused', text: answered.text }, 422)
          : html(c, 422, <PartnerPage {...question} />)
      }
      return message(c, 200, WORDS[c.var.language].thanks, WORDS[c.var.language].nothingText)
    }),
  )
}

const PAGE_HEADERS_JSON = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }
const wantsJson = (c: ApiContext): boolean => (c.req.header('Accept') ?? '').includes('application/json')
const html = (c: ApiContext, status: 200 | 410 | 422, page: Parameters<ApiContext['html']>[0]) =>
  c.html(page, status, PAGE_HEADERS)
const message = (c: ApiContext, status: 200 | 410, title: string, text: string) =>
  wantsJson(c)
    ? c.json({ status: status === 200 ? 'recorded' : 'ended', title, text }, status, PAGE_HEADERS_JSON)
    : html(c, status, <PartnerMessage language={c.var.language} title={title} text={text} />)

/** An ended link is a page with a telephone line, never a bare error. */
async function guarded(c: ApiContext, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'link_ended' || wantsJson(c)) throw error
    return message(c, 410, WORDS[c.var.language].ended, WORDS[c.var.language].endedText)
  }
}

function questionOf(deps: Deps, link: LinkAtHand, work: Work, action: string, error: string | null): PartnerQuestion {
  const { language } = link
  const labels = link.labelsOf(link.state)
  const text = deps.country.procedures[work.procedure.id]?.steps.find((one) => one.id === work.rule.id)
  const texts = text && text.kind !== 'start' ? text : undefined
  const form = formOf(deps, link, work, texts)
  const spoken = spokenClock(link.state.clocks, work.item)
  return {
    language,
    title: labels.step(work.item),
    from: WORDS[language].from,
    partner: link.partner.name,
    reference: link.number,
    by: spoken ? instantText(spoken[1].target, language, dayOf(link.world.now)) : null,
    help: texts?.help?.[language] ?? null,
    summary: needOf(deps, work, language),
    outcomes: form.outcomes.map(({ id, label }) => ({ id, label })),
    fields: form.fields.map((field) => field as unknown as AskedField),
    evidence: form.evidence.map(({ id, label }) => ({ id, label })),
    action,
    key: randomUUID(),
    basis: basisOf(link.state, work),
    error,
  }
}

/** The need alone: nothing about the person is shown behind a link. */
function needOf(deps: Deps, work: Work, language: Language): { label: string; value: string }[] {
  const family = work.run.inputs['family']
  if (typeof family !== 'string') return []
  return [{ label: WORDS[language].need, value: deps.country.lists['need_family']?.[family]?.[language] ?? family }]
}

/** JSON as it is; a form's flat names are put together by the types of the step's own fields. */
async function givenIn(c: ApiContext, work: Work): Promise<{ key: string; body: Record<string, unknown> }> {
  if ((c.req.header('Content-Type') ?? '').includes('application/json')) {
    const { key, ...body } = (await c.req.json()) as Record<string, unknown>
    return { key: String(key ?? ''), body }
  }
  const form = await c.req.parseBody()
  const text = (name: string): string => (typeof form[name] === 'string' ? form[name].trim() : '')
  const answers: Record<string, unknown> = {}
  for (const field of work.rule.form) {
    const value = text(`answers.${field.id}`)
    if (value === '') continue
    answers[field.id] = field.type === 'yes_no' ? value === 'true' : field.type === 'number' ? Number(value) : value
  }
  const kept = work.rule.evidence.filter((rule) => text(`evidence.${rule.id}`) !== '')
  const evidence = Object.fromEntries(
    kept.map((rule) => [rule.id, [{ paper: { kept_at: text(`evidence.${rule.id}`) } }]]),
  )
  return { key: text('key'), body: { basis: text('basis'), outcome: text('outcome'), answers, evidence } }
}
