/** The description of the API as its types are made from it: without examples, and with members that have a name only. */

import { createHash } from 'node:crypto'

const isOpen = (value: object): boolean =>
  'properties' in value && 'additionalProperties' in value && JSON.stringify(value.additionalProperties) === '{}'

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare)
  if (typeof value !== 'object' || value === null) return value
  const left = isOpen(value) ? ['example', 'additionalProperties'] : ['example']
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]: [string, unknown]) => (left.includes(name) ? [] : [[name, bare(one)]])),
  )
}

/** The document that is generated from, and its digest, which the generated file carries. */
export function described(text: string): { document: string; digest: string } {
  const document = JSON.stringify(bare(JSON.parse(text)))
  return { document, digest: createHash('sha256').update(document).digest('hex').slice(0, 16) }
}
