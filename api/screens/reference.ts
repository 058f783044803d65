/** What a client may show in its lists: places, roles, partners, code lists, procedures. Changes seldom. */

import { z } from '@hono/zod-openapi'
import { answer, InstantText, Named } from '../openapi/answers.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { ProcedureDocument } from '../../procedures/language/shapes/procedure.ts'
import { etag } from 'hono/etag'
import { createMiddleware } from 'hono/factory'
import { covers } from '../../cases/places.ts'
import { partnersFor } from '../../database/queries/partners.ts'
import { allProcedures } from '../../database/queries/procedures.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, ApiEnv, Deps } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { schemaOf } from './procedure-schema.ts'
import { none, reads } from '../openapi/read-route.ts'
import { under } from '../case/viewer.ts'

const NamedList = answer({ items: z.array(Named) }).openapi('NamedList')
const Place = answer({
  id: z.string(),
  label: z.string(),
  under: z.string().nullable().openapi({ description: 'Id of the place above; null for the country' }),
  kind: z.string(),
}).openapi('Place')
const PlaceList = answer({ items: z.array(Place) }).openapi('PlaceList')
const Partner = answer({
  id: z.string(),
  label: z.string(),
  place: z.string().openapi({ description: 'Id of the place' }),
  phone: z.string().nullable(),
  agreement_until: z.iso.date().nullable().openapi({ description: 'Last day of the agreement' }),
}).openapi('Partner')
const PartnerList = answer({ items: z.array(Partner) }).openapi('PartnerList')
const version = {
  id: z.string(),
  version: z.number().int(),
  hash: z.string().openapi({ description: 'Of the compiled form' }),
  label: z.string(),
}
const ListedProcedure = answer({
  ...version,
  steps: z.number().int(),
  published: InstantText,
  href: z.string(),
}).openapi('ListedProcedure')
const ProcedureList = answer({ items: z.array(ListedProcedure) }).openapi('ProcedureList')
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null
/** In a language of its own: `docs/language.md`. */
const anything = { type: 'object', additionalProperties: {} } as const
const Procedure = answer({
  ...version,
  document: z
    .custom<ProcedureDocument>(isObject)
    .openapi({ ...anything, description: 'As it was written, in the procedure language' }),
  compiled: z
    .custom<CompiledProcedure>(isObject)
    .openapi({ ...anything, description: 'As the engine reads it; may change with the version of Segin' }),
}).openapi('Procedure')
const ProcedureSchema = answer({
  $schema: z.string(),
  $id: z.string(),
  title: z.string(),
  $defs: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .openapi({ description: '`inputs`, and one JSON Schema for each step by its id' }),
}).openapi('ProcedureSchema')

const outline = (path: string, operationId: string, summary: string) => ({
  path,
  operationId,
  tag: 'reference',
  summary,
  params: none,
})
const placesRoute = reads({
  ...outline('/api/v1/places', 'listPlaces', 'Places'),
  schema: PlaceList,
  query: z.strictObject({ under: z.string().max(60).optional() }),
})
const rolesRoute = reads({ ...outline('/api/v1/roles', 'listRoles', 'Roles'), schema: NamedList, query: none })
const partnersRoute = reads({
  ...outline('/api/v1/partners', 'listPartners', 'Partners with a live agreement, best rank first'),
  schema: PartnerList,
  query: z.strictObject({ place: z.string().max(60).optional(), family: z.string().max(60).optional() }),
})
const listRoute = reads({
  ...outline('/api/v1/lists/{list}', 'getCodeList', 'One code list'),
  schema: NamedList,
  params: z.object({
    list: z
      .string()
      .max(60)
      .openapi({ param: { name: 'list', in: 'path' } }),
  }),
  query: none,
})
const proceduresRoute = reads({
  path: '/api/v1/procedures',
  operationId: 'listProcedures',
  tag: 'reference',
  summary: 'Every published version of every procedure',
  schema: ProcedureList,
  params: none,
  query: none,
})
const VersionParam = z.object({
  procedure: z
    .string()
    .max(60)
    .openapi({ param: { name: 'procedure', in: 'path' } }),
  version: z.coerce
    .number()
    .int()
    .openapi({ param: { name: 'version', in: 'path', required: true }, type: 'integer' }),
})
const procedureRoute = reads({
  path: '/api/v1/procedures/{procedure}/{version}',
  operationId: 'getProcedure',
  tag: 'reference',
  summary: 'One published version with its whole text and its compiled form',
  schema: Procedure,
  params: VersionParam,
  query: none,
})
const schemaRoute = reads({
  path: '/api/v1/procedures/{procedure}/{version}/schema',
  operationId: 'getProcedureSchema',
  tag: 'reference',
  summary: 'JSON Schema 2020-12 of what each step takes',
  schema: ProcedureSchema,
  params: VersionParam,
  query: none,
})

const keptForADay = createMiddleware<ApiEnv>(async (c, next) => {
  await next()
  if (c.res.ok) c.header('Cache-Control', 'private, max-age=86400')
})

async function published(deps: Deps, id: string, version: number) {
  const found = (await allProcedures(deps.sql)).find(
    ({ compiled }) => compiled.id === id && compiled.version === version,
  )
  if (!found) throw problem('not_found')
  return found
}

const SELDOM = ['/api/v1/places', '/api/v1/roles', '/api/v1/partners', '/api/v1/lists/*', '/api/v1/procedures/*']

export const registerReference = (app: ApiApp, deps: Deps): void => {
  for (const path of SELDOM) app.use(path, etag({ weak: true }), keptForADay)
  app.openapi(placesRoute, async (c) => {
    const { settings } = sessionOf(c)
    const above = c.req.valid('query').under
    const items: z.infer<typeof Place>[] = Object.entries(deps.country.places)
      .filter(([id]) => above === undefined || covers(above, id, settings.places))
      .map(([id, place]) => ({ id, label: place.title[c.var.language], under: place.under ?? null, kind: place.kind }))
    return c.json({ items }, 200)
  })
  app.openapi(rolesRoute, async (c) => {
    const items = Object.entries(deps.country.roles).map(([id, role]) => ({ id, label: role.title[c.var.language] }))
    return c.json({ items }, 200)
  })
  app.openapi(partnersRoute, async (c) => {
    const { place, family } = c.req.valid('query')
    const { settings, now } = sessionOf(c)
    const places = place === undefined ? Object.keys(settings.places) : under(place, settings)
    const rows = await partnersFor(deps.sql, places, family ?? null, new Date(now).toISOString().slice(0, 10))
    const items: z.infer<typeof Partner>[] = rows.map(({ id, name, phone, agreementUntil, ...row }) => ({
      id,
      label: name,
      place: row.place,
      phone,
      agreement_until: agreementUntil,
    }))
    return c.json({ items }, 200)
  })
  app.openapi(listRoute, async (c) => {
    const list = deps.country.lists[c.req.valid('param').list]
    if (list === undefined) throw problem('not_found')
    const items = Object.entries(list).map(([id, text]) => ({ id, label: text[c.var.language] }))
    return c.json({ items }, 200)
  })
  app.openapi(proceduresRoute, async (c) => {
    const rows = await allProcedures(deps.sql)
    const items: z.infer<typeof ListedProcedure>[] = rows.map(({ compiled, document, published }) => ({
      id: compiled.id,
      version: compiled.version,
      hash: compiled.hash,
      label: document.title[c.var.language],
      steps: compiled.steps.length,
      published: published.toISOString(),
      href: `/api/v1/procedures/${compiled.id}/${compiled.version}`,
    }))
    return c.json({ items }, 200)
  })
  app.openapi(procedureRoute, async (c) => {
    const { procedure, version } = c.req.valid('param')
    const row = await published(deps, procedure, version)
    const { compiled, document } = row
    const label = document.title[c.var.language]
    const body: z.infer<typeof Procedure> = { id: compiled.id, version, hash: compiled.hash, label, document, compiled }
    return c.json(body, 200)
  })
  app.openapi(schemaRoute, async (c) => {
    const { procedure, version } = c.req.valid('param')
    const { compiled } = await published(deps, procedure, version)
    return c.json(schemaOf(compiled), 200)
  })
}
