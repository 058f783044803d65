/** The entry of the API, and who I am: what I hold, how much waits, and what I may begin. */

import { createRoute, z } from '@hono/zod-openapi'
import { userById } from '../../database/queries/staff.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps, Language } from '../context/deps.ts'
import { countToSign } from '../grants/may-sign.ts'
import { secured } from '../openapi/parameters.ts'
import { problems } from '../openapi/problem.ts'
import { countsOf } from './work-counts.ts'
import type { Session } from '../context/session.ts'
import { answer, Away, Named, orNull } from '../openapi/answers.ts'

const InstallationAnswer = answer({
  kind: z.enum(['training', 'service']),
  text: z.string(),
  business_date: z.iso.date(),
  version: z.string(),
}).openapi('Installation')
const MeAnswer = answer({
  user: Named,
  language: z.enum(['fr', 'en']),
  away: orNull(Away),
  holds: z.array(
    answer({ role: Named, place: Named, organisation: Named, until: orNull(z.iso.date()) }).openapi('Holding'),
  ),
  installation: InstallationAnswer,
  counts: answer({
    mine: z.number().int(),
    late: z.number().int(),
    due_today: z.number().int(),
    to_sign: z.number().int().openapi({ description: 'Grants of roles that wait for my signature' }),
  }).openapi('MyCounts'),
  may: z.array(z.string()),
  links: z.record(z.string(), z.string()),
}).openapi('Me')
const EntryAnswer = answer({ installation: InstallationAnswer, links: z.record(z.string(), z.string()) }).openapi(
  'Entry',
)

const json = <S extends z.ZodType>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

const entryRoute = createRoute({
  method: 'get',
  path: '/api/v1',
  operationId: 'getEntry',
  tags: ['installation'],
  summary: 'Where to begin',
  responses: { 200: json(EntryAnswer, 'The entry'), ...problems },
})
const meRoute = createRoute({
  method: 'get',
  path: '/api/v1/me',
  operationId: 'getMe',
  tags: ['sign-in'],
  summary: 'Who I am, where, and what I may begin',
  security: secured,
  responses: { 200: json(MeAnswer, 'Me'), ...problems },
})

const LINKS = { me: '/api/v1/me', openapi: '/api/v1/openapi.json', docs: '/docs', health: '/api/v1/health' }

export const registerMe = (app: ApiApp, deps: Deps): void => {
  app.openapi(entryRoute, async (c) =>
    c.json({ installation: await describeInstallation(deps, c.var.language), links: LINKS }, 200),
  )
  app.openapi(meRoute, async (c) => {
    const session = sessionOf(c)
    const { language } = c.var
    const user = await userById(deps.sql, session.user)
    const named = (kind: 'roles' | 'places', id: string) => ({
      id,
      label: deps.country[kind][id]?.title[language] ?? id,
    })
    const holds = session.holds.map(({ role, place, organisation, until }) => ({
      role: named('roles', role),
      place: named('places', place),
      organisation: { id: organisation, label: organisation.toUpperCase() },
      until,
    }))
    const links = {
      work: '/api/v1/work',
      cases: '/api/v1/cases?owner=me',
      openings: '/api/v1/openings',
      grants: '/api/v1/grants',
      docs: '/docs',
    }
    const [counts, toSign] = await Promise.all([countsOf(deps, session), countToSign(deps, session)])
    const me = {
      user: { id: session.user, label: session.name },
      language: user?.language ?? 'fr',
      away: user?.away ?? null,
      holds,
      installation: await describeInstallation(deps, language),
      counts: { ...counts, to_sign: toSign },
      may: await mayBegin(deps, session),
      links,
    }
    return c.json(me, 200)
  })
}

const TEXTS = {
  training: {
    fr: 'Formation : les courriels ne partent pas, la date peut être avancée',
    en: 'Training: no mail leaves, the date can be moved forward',
  },
  service: { fr: 'Service', en: 'Service' },
}

/** What every client should show: the kind of installation and the business date. */
const describeInstallation = async (deps: Deps, language: Language): Promise<z.infer<typeof InstallationAnswer>> => {
  const { now } = await deps.present()
  const { kind, version } = deps.installation
  return { kind, text: TEXTS[kind][language], business_date: new Date(now).toISOString().slice(0, 10), version }
}

/** `open_case`, `begin:<procedure>` and, over many cases, `batch:<procedure>`: what this user's roles allow somewhere; each act asks again for its place. */
const mayBegin = async (deps: Deps, session: Session): Promise<string[]> => {
  const roles = new Set(session.principal.holds.map((held) => held.role))
  const published = await deps.newest(Object.keys(deps.country.procedures))
  const open = published.some((one) => one.begins.some((way) => way.kind === 'opening')) && roles.size > 0
  const begin = published.filter((one) =>
    one.begins.some(
      (way) =>
        way.kind === 'any_time' && way.by.some((role) => roles.has(role) || (role === 'anyone' && roles.size > 0)),
    ),
  )
  const batch = published.filter((one) =>
    one.begins.some((way) => way.kind === 'batch' && way.by.some((role) => roles.has(role))),
  )
  return [
    ...(open ? ['open_case'] : []),
    ...begin.map((one) => `begin:${one.id}`),
    ...batch.map((one) => `batch:${one.id}`),
    ...(session.feeds.length > 0 ? ['read_events'] : []),
  ]
}
