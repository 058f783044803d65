/** The operations of the OpenAPI document as its pages show them. */

import type { OperationGroup } from '../../console/api-page.tsx'
import type { ShownBody, ShownOperation } from '../../console/operation-page.tsx'
import { GROUPS } from '../openapi/french.ts'
import { summaryInFrench } from './summary-in-french.ts'

type Content = Record<string, { example?: unknown }>
interface Operation {
  operationId?: string
  summary?: string
  tags?: string[]
  parameters?: { name?: string; in?: string; required?: boolean }[]
  requestBody?: { content?: Content }
  responses?: Record<string, { content?: Content }>
}
interface Described {
  paths?: Record<string, object>
  tags?: { name: string; description?: string }[]
}
interface Refused {
  status: number
  code: string
}

const isRefused = (example: unknown): example is Refused =>
  typeof example === 'object' && example !== null && 'status' in example && 'code' in example

const asText = (example: unknown): string => JSON.stringify(example, null, 2)

const bodyOf = (content: Content = {}): ShownBody => {
  const example = Object.values(content).find((media) => media.example !== undefined)?.example
  return { types: Object.keys(content), example: example === undefined ? null : asText(example) }
}

const refusedIn = ({ responses = {} }: Operation): ShownOperation['refused'] => {
  const example = responses['default']?.content?.['application/problem+json']?.example
  return isRefused(example) ? { status: example.status, code: example.code, example: asText(example) } : null
}

/** Of several good answers only those that can be shown, unless none can. */
const answersOf = ({ responses = {} }: Operation): ShownOperation['answers'] => {
  const good = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, { content }]) => ({ status, ...bodyOf(content) }))
  const shown = good.filter(({ example }) => example !== null)
  return shown.length > 0 ? shown : good
}

const shown = (method: string, path: string, one: Operation): ShownOperation => {
  const { operationId: id = '', summary = '', parameters = [], requestBody } = one
  return {
    method: method.toUpperCase(),
    path,
    id,
    summary: { fr: summaryInFrench(id) ?? summary, en: summary },
    parameters: parameters.map(({ name = '', in: where = '', required = false }) => ({ name, where, required })),
    sent: bodyOf(requestBody?.content),
    answers: answersOf(one),
    refused: refusedIn(one),
  }
}

const everyOperation = ({ paths = {} }: Described): { tag: string; operation: ShownOperation }[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]: [string, Operation]) => ({
      tag: one.tags?.[0] ?? '',
      operation: shown(method, path, one),
    })),
  )

/** In the order in which the document names its groups. */
export const groupsOf = (document: Described): OperationGroup[] => {
  const all = everyOperation(document)
  return (document.tags ?? []).map(({ name, description = name }) => ({
    title: { fr: GROUPS[name] ?? description, en: description },
    operations: all.filter(({ tag }) => tag === name).map(({ operation }) => operation),
  }))
}

export const operationIn = (document: Described, id: string): ShownOperation | undefined =>
  everyOperation(document).find(({ operation }) => operation.id === id)?.operation
