/** What finds the members of an answer that no schema names does find them. */

import { describe, expect, it } from 'vitest'
import { undescribed } from './undescribed.ts'

const text = { type: 'string' }
const document = {
  components: { schemas: { Named: { type: 'object', properties: { id: text }, additionalProperties: {} } } },
}
const named = { $ref: '#/components/schemas/Named' }
const found = (schema: object, body: unknown) => undescribed(document, schema, body)

describe('a member that no schema names is found', () => {
  it('in a named schema, though answers are open', () => {
    expect(found(named, { id: 'a', label: 'b' })).toEqual(['/label'])
  })
  it('with everything below it', () => {
    expect(found(named, { id: 'a', more: { deep: [{ er: 1 }] } })).toEqual(['/more', '/more/deep', '/more/deep/*/er'])
  })
  it('in a list, a record, a joined schema and the best of several branches', () => {
    expect(found({ type: 'array', items: named }, [{ id: 'a', x: 1 }])).toEqual(['/*/x'])
    expect(found({ type: 'object', additionalProperties: named }, { k: { id: 'a', x: 1 } })).toEqual(['/k/x'])
    expect(found({ allOf: [named, { properties: { x: text } }] }, { id: 'a', x: '1', y: 1 })).toEqual(['/y'])
    expect(found({ anyOf: [{ type: 'null' }, named] }, { id: 'a', x: 1 })).toEqual(['/x'])
  })
  it('and none in what is written in a language of its own', () => {
    expect(found({ type: 'object', additionalProperties: {} }, { steps: [{ id: 'a' }] })).toEqual([])
  })
})
