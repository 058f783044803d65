/** Every row of the national framework is the code of a step, and two pages say where: neither can go stale. */

import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Country } from '../../procedures/language/index.ts'
import { mali } from '../mali.ts'

const ROWS = { ACC: 10, EVA: 12, REF: 9, ENA: 13, VDT: 9, MED: 8, ECO: 12, SUI: 12 }
const EVENTS = ['DEC', 'MIG', 'DEM', 'RET', 'PLT', 'INC', 'FIN', 'GEL', 'DBL', '18'].map((event) => `EVT-${event}`)
const CODES = [
  ...Object.entries(ROWS).flatMap(([part, rows]) =>
    Array.from({ length: rows }, (_, index) => `${part}-${String(index + 1).padStart(2, '0')}`),
  ),
  ...EVENTS,
]
let country: Country
beforeAll(async () => {
  country = await mali()
})

const stepsOf = (code: string) =>
  Object.values(country.procedures).flatMap(({ procedure, source, steps }) =>
    steps.filter((step) => step.code === code).map((step) => ({ procedure, own: source, step })),
  )

describe('the rows of the framework', () => {
  it('are each the code of a step', () => {
    expect(CODES.filter((code) => stepsOf(code).length === 0)).toEqual([])
  })
  it('are the only codes there are', () => {
    const used = Object.values(country.procedures).flatMap(({ steps }) => steps.flatMap(({ code }) => code ?? []))
    expect([...new Set(used)].filter((code) => !CODES.includes(code))).toEqual([])
  })
  it('are told in docs/procedures.md: `npx vitest run test/procedures/rows.test.ts -u` writes it anew', async () => {
    const rows = CODES.flatMap((code) =>
      stepsOf(code).map(
        ({ procedure, own, step }, index) =>
          `| ${index === 0 ? code : ''} | \`${procedure}.${step.id}\` | ${step.title.fr} | ${step.title.en} | ${step.source ?? own} |`,
      ),
    )
    const page = [
      '# Every row of the framework, and the step that does it',
      '',
      'Written from `procedures/ml` by a test. A row may be several steps; `assumption` marks what no published text says.',
      '',
      '| row | step | étape | step, in English | source |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n')
    await expect(page).toMatchFileSnapshot('../../docs/procedures.md')
  })
})

describe('what an engine must be able to express', () => {
  const page = readFileSync('docs/constructs.md', 'utf8')
  const lines = [...page.matchAll(/^\| +(\d+) +\| +([^|]+?) +\| +(done|in part|to come|refused) +\| +([^|]+?) +\|$/gm)]
  it('is told of all thirty-seven, once each, with its standing', () => {
    expect(lines.map(([, number]) => Number(number))).toEqual(Array.from({ length: 37 }, (_, index) => index + 1))
  })
  it('names only procedures and files that exist', () => {
    const named = [...page.matchAll(/`(ml-[a-z-]+)`/g)].map(([, id = '']) => id)
    expect(named.filter((id) => !country.procedures[id])).toEqual([])
  })
})
