import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { breakingChanges, type Described } from './breaking-changes.ts'

const read = (name: string): Described =>
  JSON.parse(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')) as Described

/** A break that is meant comes with a release: then `cp docs/openapi.json docs/openapi-released.json`. */
it('the API breaks no client of what was released', () => {
  expect(breakingChanges(read('openapi-released.json'), read('openapi.json'))).toEqual([])
})

type Tree = { [name: string]: Tree }
/** What breaks when the value at each path becomes another; `undefined` takes it away. */
const changed = (...edits: [path: string[], value?: unknown][]): string[] => {
  const after = read('openapi.json')
  for (const [path, value] of edits) {
    const parent = path.slice(0, -1).reduce((tree, name) => tree[name] ?? {}, after as unknown as Tree)
    const name = path.at(-1) ?? ''
    if (value === undefined) delete parent[name]
    else parent[name] = value as Tree
  }
  return breakingChanges(read('openapi.json'), after)
}
const schema = (name: string, ...path: string[]) => ['components', 'schemas', name, ...path]
const required = (name: string): string[] => read('openapi.json').components.schemas[name]?.required ?? []
const me = ['paths', '/api/v1/me']
const filters = ['paths', '/api/v1/work', 'get', 'parameters']

describe('a breaking change', () => {
  it('is a route that is gone, or has another name', () => {
    expect(changed([me])).toEqual(['GET /api/v1/me: removed'])
    expect(changed([[...me, 'get', 'operationId'], 'me'])).toEqual(['GET /api/v1/me: is no longer called getMe'])
  })
  it('is a member of an answer that is gone, or no longer always there', () => {
    const at = 'GET /api/v1/work/{item} 200/basis'
    expect(changed([schema('WorkItem', 'properties', 'basis')])).toContain(`${at}: removed`)
    const fewer = required('WorkItem').filter((name) => name !== 'basis')
    expect(changed([schema('WorkItem', 'required'), fewer])).toEqual([`${at}: no longer always there`])
  })
  it('is a member that a request may no longer have, or now must', () => {
    const at = 'POST /api/v1/cases/{case}/actions/complete_step'
    expect(changed([schema('CompleteStep', 'properties', 'remarks')])).toContain(`${at}/remarks: removed`)
    const more = [...required('CompleteStep'), 'basis']
    expect(changed([schema('CompleteStep', 'required'), more])).toContain(`${at}/basis: now required`)
  })
  it('is a parameter that is gone or now required, and a value that is no longer taken', () => {
    expect(changed([filters, []])).toContain('GET /api/v1/work?place: removed')
    expect(changed([[...filters, '0', 'required'], true])).toEqual(['GET /api/v1/work?place: now required'])
    expect(changed([schema('Via', 'enum'), ['app', 'phone']]).every((line) => line.endsWith('takes paper'))).toBe(true)
    expect(changed([schema('Via', 'enum'), ['app', 'phone']])).not.toEqual([])
  })
  it('is not a new route, a new member of an answer or a new optional member of a request', () => {
    const text = { type: 'string' }
    expect(
      changed(
        [['paths', '/api/v1/new'], {}],
        [schema('WorkItem', 'properties', 'more'), text],
        [schema('WorkItem', 'required'), [...required('WorkItem'), 'more']],
        [schema('CompleteStep', 'properties', 'more'), text],
      ),
    ).toEqual([])
  })
})
