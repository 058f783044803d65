/** `/r/{token}`: a partner answers without an account. A GET changes nothing, however often a scanner opens it. */

import { basisOf } from '../../cases/basis.ts'
import type { Work } from '../../cases/progress/draft.ts'
import type { FieldError, Refusal } from '../../cases/refusals.ts'
import { fieldErrorText } from '../../cases/words/field-errors.ts'
import { refusalText } from '../../cases/words/refusals.ts'
import { PAGE_HEADERS } from '../../console/page.tsx'
import { PartnerMessage, PartnerPage } from '../../console/partner-page.tsx'
import type { ApiApp, ApiContext, Deps, Language } from '../context/deps.ts'
import { limitBody } from '../middleware/limits.ts'
import { refuseUntext } from '../middleware/readable.ts'
import { Problem, problem } from '../problems/problem.ts'
import { stepTexts, textOf, withNames } from '../texts/form-texts.ts'
import { fieldReasonsOf } from '../texts/field-reasons.ts'
import { answerByLink, answerId } from './answer.ts'
import { type LoadedLink, loadLink } from './load-link.ts'
import { isCode } from './code.ts'
import { linkBodyOf, type LinkAnswer } from './link-body.ts'
import { lineOf, lineText } from './line.ts'
import { registerLinkMaking } from './make-link.ts'
import { pageOf, questionOf } from './question.ts'

const WORDS = {
  fr: {
    ended: 'Ce lien n’est plus valable',
    endedText: 'La demande a pris fin, ou a été adressée à quelqu’un d’autre.',
    nothing: 'Rien ne vous est demandé pour le moment',
    nothingText: 'Merci. Gardez ce lien : il montrera la suite quand elle viendra.',
    recorded: 'Merci, votre réponse est enregistrée',
    accepted: 'Merci, votre réponse est bien reçue',
    code: 'Ce n’est pas le code de cette demande. L’équipe qui suit la personne vous le dit au téléphone.',
    changed: 'La demande a changé entre-temps : relisez-la avant de répondre.',
  },
  en: {
    ended: 'This link is no longer valid',
    endedText: 'The request has ended, or was sent to somebody else.',
    nothing: 'Nothing is asked of you for the moment',
    nothingText: 'Thank you. Keep this link: it will show what comes next.',
    recorded: 'Thank you, your answer is recorded',
    accepted: 'Thank you, your answer was received',
    code: 'This is not the code of this request. The team that follows the person tells you by telephone.',
    changed: 'The request has changed meanwhile: read it again before you answer.',
  },
} as const
const JSON_HEADERS = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' }

export const registerLinks = (app: ApiApp, deps: Deps): void => {
  registerLinkMaking(app, deps)
  app.use('/r/*', limitBody)
  app.use('/r/*', refuseUntext)
  app.get('/r/:token', async (c) =>
    guarded(c, deps, async () => {
      const link = await loadLink(deps, c.req.param('token'), c.var.language)
      return link.work ? asked(c, deps, link, link.work, []) : nothing(c, link)
    }),
  )
  app.post('/r/:token', async (c) =>
    guarded(c, deps, async () => {
      const token = c.req.param('token')
      const link = await loadLink(deps, token, c.var.language)
      const given = await linkBodyOf(c, link.work)
      if (!(await isCode(deps, { ...link, partner: link.partner.id }, given.code))) return wrongCode(c, deps, link)
      // Known before any other check: a repeat after a lost answer is thanked again, whatever is asked by now.
      if (link.state.actions[answerId(deps, link, given.key)] !== undefined) return thanks(c, deps, token, 'recorded')
      if (!link.work) throw problem('step_not_open')
      if (given.basis !== basisOf(link.state, link.work)) {
        const basis = basisOf(link.state, link.work)
        return refused(c, deps, link, link.work, { code: 'changed_since_seen', basis }, given)
      }
      const answered = await answerByLink(deps, link, link.work, given)
      return answered.kind === 'refused'
        ? refused(c, deps, link, link.work, answered.refusal, given)
        : thanks(c, deps, token, answered.kind)
    }),
  )
}

/** A page may still be written when it is answered. */
type Page = Response | Promise<Response>

const wantsJson = (c: ApiContext): boolean => (c.req.header('Accept') ?? '').includes('application/json')

function asked(c: ApiContext, deps: Deps, link: LoadedLink, work: Work, errors: string[]): Page {
  const question = questionOf(deps, link, work, c.req.path)
  if (wantsJson(c)) return c.json(question, 200, JSON_HEADERS)
  const page = <PartnerPage {...pageOf(question, link, errors)} />
  return c.html(page, errors.length > 0 ? 422 : 200, PAGE_HEADERS)
}

function nothing(c: ApiContext, { language, call }: LoadedLink): Page {
  const { nothing: title, nothingText: text } = WORDS[language]
  if (wantsJson(c)) return c.json({ status: 'nothing_asked', title, text, call: lineText(call) }, 200, JSON_HEADERS)
  return c.html(<PartnerMessage {...{ language, title, text, call }} />, 200, PAGE_HEADERS)
}

/** What comes next is behind the same link, when there is anything. */
async function thanks(c: ApiContext, deps: Deps, token: string, status: 'recorded' | 'accepted'): Promise<Response> {
  const { language } = c.var
  const words = WORDS[language]
  const after = await loadLink(deps, token, language).catch(() => null)
  const title = after?.work ? after.labelsOf(after.state).step(after.work.item) : null
  const next = title === null ? null : { title, href: c.req.path }
  if (wantsJson(c)) return c.json({ status, text: words[status], next }, 200, JSON_HEADERS)
  const text = next ? '' : words.nothingText
  const call = after ? after.call : await countryLine(deps, language)
  const page = <PartnerMessage {...{ language, title: words[status], text, next, call }} />
  return c.html(page, 200, PAGE_HEADERS)
}

/** Said before anything else is, and of nothing else. */
function wrongCode(c: ApiContext, deps: Deps, link: LoadedLink): Page {
  if (wantsJson(c) || !link.work) throw problem('link_code_wrong')
  return asked(c, deps, link, link.work, [WORDS[c.var.language].code])
}

/** A program is told the problem; a person sees the question again with what is wrong. */
function refused(c: ApiContext, deps: Deps, link: LoadedLink, work: Work, refusal: Refusal, given: LinkAnswer): Page {
  const { language } = link
  const labels = link.labelsOf(link.state)
  const told = (pointer: string): string => labels.pointer(work.item, null, pointer)
  const errors = refusal.code === 'answers_invalid' ? refusal.errors : []
  const texts = stepTexts(textOf(deps.country, work.procedure.id, work.rule.id))
  const named = (error: FieldError) => withNames(error, texts, deps.country, language)
  const messages = errors.map((error) => fieldErrorText(named(error), language, told(error.pointer)))
  if (wantsJson(c)) {
    const becauseOfIt = fieldReasonsOf(deps.country, link, work, { ...given.answers, outcome: given.outcome })
    const shown = errors.map((error, index) => {
      const because = becauseOfIt(error)
      const { pointer, code } = error
      return { pointer, code, message: () => messages[index] ?? '', ...(because === null ? {} : { because }) }
    })
    throw problem(refusal.code, {
      ...(shown.length > 0 ? { errors: shown } : {}),
      ...(refusal.code === 'changed_since_seen' ? { more: { basis: refusal.basis } } : {}),
    })
  }
  const general =
    refusal.code === 'changed_since_seen' ? WORDS[language].changed : refusalText(refusal, language, labels).title
  return asked(c, deps, link, work, messages.length > 0 ? messages : [general])
}

/** Of nobody in particular. */
const countryLine = async (deps: Deps, language: Language) =>
  lineOf(deps, (await deps.present()).settings.places, null, language)

/** An ended link is a page with a telephone, never a bare error: the country's, so that it does not tell who had asked. */
async function guarded(c: ApiContext, deps: Deps, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'link_ended') throw error
    const { language } = c.var
    const call = await countryLine(deps, language)
    if (wantsJson(c)) throw problem('link_ended', { more: { call: lineText(call) } })
    const { ended: title, endedText: text } = WORDS[language]
    return c.html(<PartnerMessage {...{ language, title, text, call }} />, 410, PAGE_HEADERS)
  }
}
