import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadCountry, PROBLEM_CODES } from '../../procedures/language/index.ts'
import type { Problem } from '../../procedures/language/index.ts'
import { withCountry } from './copy.ts'
import type { Change } from './copy.ts'

interface Broken {
  says: string
  change: Change[]
  problems: string[]
}
const FOLDER = join(import.meta.dirname, 'broken')
const tables = readdirSync(FOLDER).map((name) => {
  const cases: Broken[] = parse(readFileSync(join(FOLDER, name), 'utf8'))
  return { name, cases }
})

const line = ({ file, line: row, column, code, message }: Problem) => `${file}:${row}:${column} ${code} ${message}`

describe.each(tables)('what check says of broken $name', ({ cases }) => {
  test.each(cases)('$says', async ({ change, problems }) => {
    await withCountry(change, async (folder) => {
      const loaded = await loadCountry(folder)
      expect(loaded.problems.map(line)).toEqual(problems)
      expect(loaded.country).toBeNull()
    })
  })
})

test('every kind of problem has a broken procedure here, or a test of its own', () => {
  const shown = new Set(
    tables.flatMap(({ cases }) => cases.flatMap(({ problems }) => problems.map((each) => each.split(' ')[1]))),
  )
  expect(PROBLEM_CODES.filter((code) => !shown.has(code))).toEqual(['too_many_paths'])
})

test('all problems are told at once, sorted by file and place', async () => {
  const change: Change[] = [
    { in: 'sops/plan.yaml', from: 'requires: [guardian]', to: 'requires: [guardians]' },
    { in: 'sops/plan.yaml', from: 'due: 7 days', to: 'due: soon' },
    { in: 'gates.yaml', from: "'appointed'", to: "'apointed'" },
    { in: 'sops/what-next.yaml', from: 'role: case_manager', to: 'role: nobody' },
  ]
  await withCountry(change, async (folder) => {
    const { problems } = await loadCountry(folder)
    expect(problems.map(({ file, line: row, code }) => `${file}:${row} ${code}`)).toEqual([
      'gates.yaml:2 unknown_choice',
      'sops/plan.yaml:35 unknown_name',
      'sops/plan.yaml:36 unreadable',
      'sops/what-next.yaml:13 unknown_name',
    ])
  })
})

test('a procedure with more paths than can be gone through is refused', async () => {
  const tasks = Array.from({ length: 12 }, (_, index) => `part_${index}`)
  const steps = tasks.map(
    (id) => `
  - id: ${id}
    title: { fr: Partie, en: Part }
    role: supervisor
    due: 3 days
    outcomes:
      one: { label: { fr: Un, en: One } }
      two: { label: { fr: Deux, en: Two } }`,
  )
  const joined = `
  - id: joined
    title: { fr: Ensemble, en: Together }
    role: supervisor
    after: [${tasks.map((id) => `{ any: [${id}=one, ${id}=two] }`).join(', ')}]
    due: [1 day when part_0.outcome == 'one', 3 days]
`
  const head = `procedure: xx-wide
version: 1
title: { fr: Large, en: Wide }
source: assumption
stage: support
at: home
begins: [started]
escalation: standard
ends: [joined]
steps:`
  await withCountry([{ add: 'sops/wide.yaml', text: head + steps.join('') + joined }], async (folder) => {
    const { problems } = await loadCountry(folder)
    expect(problems.map(line)).toEqual([
      'sops/wide.yaml:95:5 too_many_paths `joined` can be reached in more than 200000 ways: begin a procedure of its own further up.',
    ])
  })
})
