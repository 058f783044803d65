import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { SETTINGS } from '../../cli/configuration.ts'

const read = (name: string): string => readFileSync(resolve(import.meta.dirname, '../..', name), 'utf8')
const page = read('docs/operator.md')

it('has every setting of a process, and none that is not', () => {
  const [, from = ''] = page.split('\n## Settings\n')
  const [table = ''] = from.split('\n## ')
  const told = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  expect(new Set(told)).toEqual(new Set(SETTINGS))
  expect(told).toHaveLength(SETTINGS.length)
})

it('has every variable that the reference deployment asks for', () => {
  const asked = [...read('docker-compose.yml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name ?? '')
  for (const name of asked) expect(page).toContain(`\`${name}\``)
})

it('names only commands that exist', () => {
  const commands = [...page.matchAll(/(?:`segin |segin -- |segin )(\w+)(?=[` \\n])/g)].map(([, name]) => name)
  const table = read('cli/commands.ts')
  for (const name of new Set(commands)) expect(table).toMatch(new RegExp(`^ {2}${name}: \\{`, 'm'))
})
