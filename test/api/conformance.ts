/** Whether real answers are what the OpenAPI document says: every answer that a test sees is checked. */

import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { undescribed } from './undescribed.ts'

interface Media {
  schema?: object
}
interface Operation {
  operationId: string
  responses: Record<string, { content?: Record<string, Media> }>
}
export interface OpenApiDocument {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

export interface Conformance {
  /** What is wrong with an answer, in words; null when it is as promised or of no documented route. */
  fault: (method: string, path: string, status: number, type: string, body: unknown) => string | null
  /** How a body departs from a schema of the document; null when it does not. */
  mismatch: (schema: object, body: unknown) => string | null
  /** Operations that answered with success so far. */
  seen: Set<string>
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`)

export const conformanceTo = (document: OpenApiDocument): Conformance => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addSchema({ $id: 'api', components: document.components })
  const routes = Object.entries(document.paths)
    .map(([path, operations]) => ({ path, pattern: patternOf(path), operations }))
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)
  const validators = new Map<object, ReturnType<typeof ajv.compile>>()
  const validatorOf = (schema: object) => {
    const known = validators.get(schema)
    if (known !== undefined) return known
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/')
    const made = ajv.compile(JSON.parse(text) as object)
    validators.set(schema, made)
    return made
  }
  const mismatch: Conformance['mismatch'] = (schema, body) => {
    const validate = validatorOf(schema)
    return validate(body) ? null : ajv.errorsText(validate.errors)
  }
  const seen = new Set<string>()
  const fault: Conformance['fault'] = (method, path, status, type, body) => {
    const bare = path.split('?')[0] ?? path
    const operation = routes.find((route) => route.pattern.test(bare) && method.toLowerCase() in route.operations)
      ?.operations[method.toLowerCase()]
    if (operation === undefined) return null
    const promised = operation.responses[String(status)] ?? operation.responses['default']
    if (promised === undefined) return `${operation.operationId}: ${status} is not promised`
    if (status < 400) seen.add(operation.operationId)
    const media = promised.content?.[type.split(';')[0] ?? '']
    if (promised.content !== undefined && media === undefined && status !== 304)
      return `${operation.operationId}: ${status} as ${type} is not promised`
    if (media?.schema === undefined || !type.includes('json')) return null
    const found = mismatch(media.schema, body)
    if (found !== null) return `${operation.operationId} ${status}: ${found}`
    const unnamed = undescribed(document, media.schema, body)
    return unnamed.length === 0 ? null : `${operation.operationId} ${status}: no schema names ${unnamed.join(', ')}`
  }
  return { fault, mismatch, seen }
}
