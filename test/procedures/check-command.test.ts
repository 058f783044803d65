import { expect, test } from 'vitest'
import { check } from '../../cli/check.ts'
import { COUNTRY, withCountry } from './copy.ts'

async function run(folder: string): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = []
  const code = await check(folder, (line) => lines.push(line))
  return { code, lines }
}

test('a good folder is told as a table of procedures, steps and paths', async () => {
  const { code, lines } = await run(COUNTRY)
  expect(code).toBe(0)
  expect(lines[0]).toBe('procedure         steps  nodes')
  expect(lines).toContain('xx-what-next v1       1      1')
  expect(lines.at(-1)).toBe('4 procedures, 14 steps, no problem.')
})

test('a bad folder is told by file, line and column, and fails', async () => {
  await withCountry([{ in: 'sops/plan.yaml', from: 'due: 7 days', to: 'due: soon' }], async (folder) => {
    const { code, lines } = await run(folder)
    expect(code).toBe(1)
    expect(lines[0]).toContain(`${folder}/sops/plan.yaml:36:10 unreadable`)
    expect(lines.at(-1)).toBe('1 problem.')
  })
})

test('a folder that is not there has every needed file missing', async () => {
  const { code, lines } = await run('/nowhere')
  expect(code).toBe(1)
  expect(lines.at(-1)).toBe('10 problems.')
})
