/** What stands behind a partner's link, described for the fuzzer from the question itself: it is not in the document of the API. */

import type { Body } from '../../client/person.ts'
import type { Ground } from './ground.ts'

const STATUSES = ['200', '400', '403', '404', '409', '410', '413', '422', '429']
const TYPES = ['application/json', 'application/x-www-form-urlencoded']

/** `base`: where the link is asked. */
export async function linkDocument(base: string, { path, code }: Ground['link']): Promise<object> {
  const response = await fetch(new URL(path, base), { headers: { accept: 'application/json' } })
  const question = (await response.json()) as { form: Body; send: { body: Body } }
  const ids = (name: string): string[] => ((question.form[name] ?? []) as Body[]).map((one) => String(one['id']))
  const or = (known: string[], other: object = { type: 'string' }) => ({ anyOf: [{ enum: known }, other] })
  const anything = {}
  const schema = {
    type: 'object',
    required: ['key', 'code', 'basis', 'outcome'],
    properties: {
      key: { type: 'string', format: 'uuid' },
      code: or([code]),
      basis: or([String(question.send.body['basis'])]),
      outcome: or(ids('outcomes')),
      answers: {
        type: 'object',
        properties: Object.fromEntries(ids('fields').map((id) => [id, anything])),
      },
      absent: { type: 'object', additionalProperties: or(['refused', 'unknown']) },
      evidence: { type: 'object' },
    },
  }
  const responses = Object.fromEntries(STATUSES.map((status) => [status, { description: status, content: CONTENT }]))
  return {
    openapi: '3.1.0',
    info: { title: 'A link', version: '1' },
    paths: {
      [path]: {
        get: { operationId: 'readQuestion', responses },
        post: {
          operationId: 'answerQuestion',
          requestBody: { content: Object.fromEntries(TYPES.map((type) => [type, { schema }])) },
          responses,
        },
      },
    },
  }
}
const CONTENT = { 'text/html': {}, 'application/json': {}, 'application/problem+json': {} }
