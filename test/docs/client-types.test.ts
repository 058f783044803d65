import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { described } from '../../tools/clients/described.ts'

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

it('the types of the client are made of this description; if not: npm run client:types', () => {
  const [head] = read('client/api.d.ts').split('\n')
  expect(head).toBe(
    `// Made by npm run client:types of docs/openapi.json ${described(read('docs/openapi.json')).digest}`,
  )
})
