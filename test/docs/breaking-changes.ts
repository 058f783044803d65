/**
 * What in a new OpenAPI document would break a client of an older one. Answers may gain members; requests may not
 * lose any or ask for more. The tools that were looked at read only 3.0, or take every new member for a break.
 */

interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
}
type Content = Record<string, { schema?: Schema }>
interface Parameter {
  name: string
  in: string
  required?: boolean
  schema?: Schema
}
interface Operation {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}
export interface Described {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
type Way = 'asked' | 'answered'

const DEEPEST = 12

/** The schema behind a name, its `allOf` joined. */
function whole({ components }: Described, schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    return whole({ paths: {}, components }, components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})
  }
  const parts = (schema.allOf ?? []).map((part) => whole({ paths: {}, components }, part))
  return parts.reduce(
    (joined, part) => ({
      ...joined,
      ...part,
      properties: { ...joined.properties, ...part.properties },
      required: [...(joined.required ?? []), ...(part.required ?? [])],
    }),
    schema,
  )
}

const typesOf = ({ type }: Schema): string[] => [type ?? []].flat()

function schemaBreaks(before: Described, after: Described, way: Way, at: string, a: Schema, b: Schema): string[] {
  if (at.split('/').length > DEEPEST) return []
  const [old, now] = [whole(before, a), whole(after, b)]
  const [oldTypes, newTypes] = [typesOf(old), typesOf(now)]
  const narrowed = way === 'asked' ? oldTypes : newTypes
  const allowed = way === 'asked' ? newTypes : oldTypes
  const retyped = allowed.length > 0 && oldTypes.length > 0 && narrowed.some((type) => !allowed.includes(type))
  const values = way === 'asked' && now.enum ? (old.enum ?? []).filter((value) => !now.enum?.includes(value)) : []
  const members = Object.entries(old.properties ?? {}).flatMap(([name, member]) => {
    const kept = now.properties?.[name]
    if (kept === undefined) return [`${at}/${name}: removed`]
    return schemaBreaks(before, after, way, `${at}/${name}`, member, kept)
  })
  const [stricter, looser] = way === 'asked' ? [now, old] : [old, now]
  const needed = (stricter.required ?? []).filter((name) => !(looser.required ?? []).includes(name))
  const says = way === 'asked' ? 'now required' : 'no longer always there'
  return [
    ...(retyped ? [`${at}: was ${oldTypes.join('|')}, is ${newTypes.join('|')}`] : []),
    ...values.map((value) => `${at}: no longer takes ${String(value)}`),
    ...needed.filter((name) => way === 'asked' || now.properties?.[name]).map((name) => `${at}/${name}: ${says}`),
    ...members,
    ...(old.items && now.items ? schemaBreaks(before, after, way, `${at}/*`, old.items, now.items) : []),
  ]
}

function contentBreaks(before: Described, after: Described, way: Way, at: string, a: Content, b: Content): string[] {
  return Object.entries(a).flatMap(([type, media]) => {
    const kept = b[type]
    if (kept === undefined) return [`${at}: ${type} removed`]
    return schemaBreaks(before, after, way, at, media.schema ?? {}, kept.schema ?? {})
  })
}

function operationBreaks(before: Described, after: Described, at: string, a: Operation, b: Operation): string[] {
  const same = (one: Parameter) => (other: Parameter) => one.name === other.name && one.in === other.in
  const [old, now] = [a.parameters ?? [], b.parameters ?? []]
  return [
    ...(a.operationId === b.operationId ? [] : [`${at}: is no longer called ${a.operationId}`]),
    ...old.flatMap((one) => {
      const kept = now.find(same(one))
      const where = `${at}?${one.name}`
      if (kept === undefined) return [`${where}: removed`]
      return schemaBreaks(before, after, 'asked', where, one.schema ?? {}, kept.schema ?? {})
    }),
    ...now.flatMap((one) =>
      one.required && old.find(same(one))?.required !== true ? [`${at}?${one.name}: now required`] : [],
    ),
    ...contentBreaks(before, after, 'asked', at, a.requestBody?.content ?? {}, b.requestBody?.content ?? {}),
    ...Object.entries(a.responses).flatMap(([status, response]) => {
      const kept = b.responses[status]
      if (kept === undefined) return [`${at}: ${status} removed`]
      return contentBreaks(before, after, 'answered', `${at} ${status}`, response.content ?? {}, kept.content ?? {})
    }),
  ]
}

/** One sentence a break; none when every client goes on. */
export const breakingChanges = (before: Described, after: Described): string[] =>
  Object.entries(before.paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const at = `${method.toUpperCase()} ${path}`
      const kept = after.paths[path]?.[method]
      return kept === undefined ? [`${at}: removed`] : operationBreaks(before, after, at, operation, kept)
    }),
  )
