/** Members of an answer that no schema names. Answers are open to clients, so a validator of schemas lets them pass. */

interface Schema {
  $ref?: string
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
}
export interface Described {
  components: { schemas: Record<string, object> }
}

/** The schema behind a name, with what its `allOf` joins. */
function whole(document: Described, schema: Schema): Schema {
  const named = schema.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1) ?? '']
  if (named !== undefined && named !== schema) return whole(document, named)
  const parts = (schema.allOf ?? []).map((part) => whole(document, part))
  return parts.reduce(
    (joined, part) => ({
      ...joined,
      ...part,
      ...(joined.properties || part.properties ? { properties: { ...joined.properties, ...part.properties } } : {}),
    }),
    schema,
  )
}

/** A record says of what kind its values are, and has no members of its own. One of anything is a text of its own. */
const valuesOf = ({ properties, additionalProperties }: Schema): Schema | undefined =>
  properties === undefined && typeof additionalProperties === 'object' ? additionalProperties : undefined

/** Pointers of the members of `body` that the schema leaves unnamed; of several branches the best counts. */
export function undescribed(document: Described, schema: Schema, body: unknown, at = ''): string[] {
  if (typeof body !== 'object' || body === null) return []
  const known = whole(document, schema)
  const branches = known.anyOf ?? known.oneOf
  if (branches !== undefined) {
    const found = branches.map((branch) => undescribed(document, branch, body, at))
    return found.toSorted((a, b) => a.length - b.length)[0] ?? []
  }
  if (Array.isArray(body)) return body.flatMap((one) => undescribed(document, known.items ?? {}, one, `${at}/*`))
  const values = valuesOf(known)
  if (values !== undefined && Object.keys(values).length === 0) return []
  return Object.entries(body).flatMap(([name, value]) => {
    const member = known.properties?.[name] ?? values
    const pointer = `${at}/${name}`
    return member === undefined
      ? [pointer, ...undescribed(document, {}, value, pointer)]
      : undescribed(document, member, value, pointer)
  })
}
