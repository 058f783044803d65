import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { conformanceTo, type OpenApiDocument } from './conformance.ts'
import { undescribed } from './undescribed.ts'
import { type InstalledApi, startApi } from './installed-api.ts'

let api: InstalledApi
beforeAll(async () => {
  api = await startApi(inject('postgres'))
})
afterAll(() => api.end())

const served = async (name: string): Promise<OpenApiDocument> =>
  (await (await api.app.request(`/api/v1/${name}`)).json()) as OpenApiDocument
type Content = Record<string, { schema?: object; example?: unknown }>
interface Operation {
  operationId: string
  requestBody?: { content?: Content }
  responses: Record<string, { content?: Content }>
}
const JSON_TYPE = 'application/json'
/** In Mali no clock of an arrival may be extended: the refusal is what can be shown. */
const WITHOUT_EXAMPLE = ['answer of extendClockOfArrival']
const operations = (document: OpenApiDocument) => Object.values(document.paths).flatMap((path) => Object.values(path))

describe('the OpenAPI documents', () => {
  // `npx vitest run test/api/openapi.test.ts -u` writes them again after a change that is meant.
  it.each(['openapi.json', 'openapi-3.0.json'])('%s is the committed copy', async (name) => {
    const text = `${JSON.stringify(await served(name), null, 2)}\n`
    await expect(text).toMatchFileSnapshot(`../../docs/${name}`)
  })

  it('name every operation once, and group it', async () => {
    const all = operations(await served('openapi.json')) as unknown as { operationId?: string; tags?: string[] }[]
    const ids = all.map((operation) => operation.operationId)
    expect(ids).not.toContain(undefined)
    expect(new Set(ids).size).toBe(ids.length)
    for (const operation of all) expect(operation.tags?.length).toBe(1)
  })

  it('have one route per act', async () => {
    const ids = operations(await served('openapi.json')).map((operation) => operation.operationId)
    for (const id of ['completeStep', 'extendClock', 'changeCaseManager', 'addPeople']) expect(ids).toContain(id)
  })

  it('have strict requests and open answers', async () => {
    const { components } = await served('openapi.json')
    const schema = (name: string) => components.schemas[name] as { additionalProperties?: unknown }
    expect(schema('CompleteStep').additionalProperties).toBe(false)
    expect(schema('Action').additionalProperties).toEqual({})
  })

  it('say the same in 3.0.3, in its own words', async () => {
    const [newer, older] = [await served('openapi.json'), await served('openapi-3.0.json')]
    expect(older.openapi).toBe('3.0.3')
    expect(Object.keys(older.paths)).toEqual(Object.keys(newer.paths))
    expect(JSON.stringify(older)).not.toMatch(/"type":\[/)
    expect(JSON.stringify(older)).not.toContain('"type":"null"')
    expect(JSON.stringify(older)).not.toContain('"const":')
  })

  it('never join a named schema with a bare type, which nothing satisfies', async () => {
    expect(JSON.stringify(await served('openapi.json'))).not.toMatch(/"allOf":\[\{"\$ref":"[^"]+"\},\{"type":\[/)
  })

  it('say of a path what generators can build: every part is there, none is null', async () => {
    const all = operations(await served('openapi.json')) as unknown as {
      parameters?: { in: string; required?: boolean; schema: { type?: unknown } }[]
    }[]
    const parts = all.flatMap(({ parameters = [] }) => parameters).filter((one) => one.in === 'path')
    expect(parts.filter(({ required, schema }) => required !== true || Array.isArray(schema.type))).toEqual([])
  })

  it('never join a named schema with a bare description, which generators take for another type', async () => {
    expect(JSON.stringify(await served('openapi.json'))).not.toMatch(/\{"\$ref":"[^"]+"\},\{"description":"[^"]*"\}/)
  })

  it('join nothing, and give no two schemas names that differ by case only, since generators mix them up', async () => {
    const document = await served('openapi.json')
    expect(JSON.stringify(document)).not.toContain('"allOf"')
    const names = Object.keys(document.components.schemas).map((name) => name.toLowerCase())
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('are unchanged: 304', async () => {
    const first = await api.app.request('/api/v1/openapi.json')
    const etag = first.headers.get('ETag') ?? ''
    const second = await api.app.request('/api/v1/openapi.json', { headers: { 'If-None-Match': etag } })
    expect(second.status).toBe(304)
  })

  it('show what was really asked and answered: recorded in a journey, and as the schemas say', async () => {
    const document = await served('openapi.json')
    const conformance = conformanceTo(document)
    const shown: string[] = []
    const wrong: string[] = []
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { operationId, responses }] of Object.entries(methods)) {
        for (const [status, { content = {} }] of Object.entries(responses)) {
          for (const [type, media] of Object.entries(content)) {
            const { example } = media as { example?: object }
            if (example === undefined) continue
            if (status !== 'default') shown.push(operationId)
            const fault = conformance.fault(method.toUpperCase(), path, Number(status) || 400, type, example)
            if (fault !== null) wrong.push(fault)
          }
        }
      }
    }
    expect(wrong).toEqual([])
    expect(shown.length).toBeGreaterThan(75)
    expect(JSON.stringify(document)).not.toMatch(/sgt_[\w-]{4}|\/r\/[\w-]{4}|usr-nobody/)
  })

  it('name every member of every example', async () => {
    const document = await served('openapi.json')
    const unnamed = (operations(document) as Operation[]).flatMap(({ operationId, responses }) =>
      Object.values(responses).flatMap(({ content = {} }) =>
        Object.values(content).flatMap(({ schema, example }) =>
          undescribed(document, schema ?? {}, example).map((pointer) => `${operationId} ${pointer}`),
        ),
      ),
    )
    expect(unnamed).toEqual([])
  })

  it('show an example of everything that is asked and answered as JSON', async () => {
    const missing: string[] = []
    for (const { operationId, requestBody, responses } of operations(await served('openapi.json')) as Operation[]) {
      const asked = requestBody?.content?.[JSON_TYPE]
      if (asked !== undefined && asked.example === undefined) missing.push(`request of ${operationId}`)
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2'))
      const answered = good.flatMap(([, { content }]) => content?.[JSON_TYPE] ?? [])
      if (answered.length > 0 && answered.every(({ example }) => example === undefined))
        missing.push(`answer of ${operationId}`)
    }
    expect(missing).toEqual(WITHOUT_EXAMPLE)
  })

  it('show requests that the schemas allow', async () => {
    const document = await served('openapi.json')
    const conformance = conformanceTo(document)
    const wrong = (operations(document) as Operation[]).flatMap(({ operationId, requestBody }) => {
      const { schema, example } = requestBody?.content?.[JSON_TYPE] ?? {}
      const fault = schema === undefined || example === undefined ? null : conformance.mismatch(schema, example)
      return fault === null ? [] : [`${operationId}: ${fault}`]
    })
    expect(wrong).toEqual([])
  })
})
