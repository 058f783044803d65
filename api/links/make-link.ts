/** A case manager makes a link for the partner who is asked: for a partner without mail, or who lost theirs. */

import { randomBytes } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { workOf } from '../../cases/progress/draft.ts'
import { holdsRole } from '../../cases/who-may.ts'
import { addPartnerLink } from '../../database/queries/partner-links.ts'
import { partnerById } from '../../database/queries/partners.ts'
import { loadCase } from '../case/load-case.ts'
import { itemFromPublic } from '../case/public-id.ts'
import { answer, Named, orNull } from '../openapi/answers.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { secured } from '../openapi/parameters.ts'
import { problem } from '../problems/problem.ts'
import { problems } from '../openapi/problem.ts'
import { named } from '../texts/names.ts'
import { codeOf } from './code.ts'

const PartnerLink = answer({
  url: z.string().openapi({ description: 'Told once: only its digest is kept' }),
  code: z.string().openapi({ description: 'Goes another way than the link: say it by telephone' }),
  call: orNull(z.string()).openapi({ description: 'The partner’s number in the directory' }),
  partner: Named,
  text: z.string(),
}).openapi('PartnerLink')
const route = createRoute({
  method: 'post',
  path: '/api/v1/work/{item}/link',
  operationId: 'makePartnerLink',
  tags: ['work'],
  summary: 'A link by which the partner who is asked answers without an account; asking twice gives two links',
  security: secured,
  request: {
    params: z.object({
      item: z
        .string()
        .max(120)
        .openapi({ param: { name: 'item', in: 'path' } }),
    }),
  },
  responses: {
    201: { description: 'The link', content: { 'application/json': { schema: PartnerLink } } },
    ...problems,
  },
})
const ONCE = {
  fr: 'Transmettez ce lien au partenaire seulement ; il ne sera plus montré. Dites-lui le code au téléphone, au numéro de l’annuaire, jamais avec le lien.',
  en: 'Pass this link to the partner only; it is not shown again. Tell them the code by telephone, at the number in the directory, never with the link.',
}

export const registerLinkMaking = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const { number, item } = itemFromPublic(c.req.valid('param').item)
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, number)
    const work = workOf(loaded.seen, loaded.world, item)
    if (!work) throw problem('not_found')
    const { principal } = loaded.session
    const place = work.step.place ?? null
    const managed = loaded.seen.facts['case_manager'] === loaded.session.user
    if (!managed && !holdsRole(principal, 'case_manager', place, loaded.world.settings.places))
      throw problem('role_required')
    const asked = (work.step.roles ?? []).flatMap((one) => ('partner' in one ? [one.partner] : []))[0]
    const open = work.step.status === 'open' && work.round === work.step.round
    if (!open || asked === undefined || work.run.visibleTo !== null) throw problem('step_not_open')
    const partner = await partnerById(deps.sql, asked)
    if (!partner) throw problem('not_found')
    const token = randomBytes(16).toString('base64url')
    const about = { caseId: loaded.caseId, run: work.runId, partner: partner.id }
    await addPartnerLink(deps.sql, token, about, loaded.session.user)
    const body = {
      url: new URL(`/r/${token}`, c.req.url).href,
      code: codeOf(deps, about),
      call: partner.phone,
      partner: named(partner.id, () => partner.name),
      text: ONCE[c.var.language],
    }
    return c.json(body, 201, { 'Cache-Control': 'no-store' })
  })
}
