/** `segin simulate`: the same seed tells the same, however the work is shared out, and every total adds up. */

import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { labelsFrom } from '../../api/case/labels.ts'
import type { Entry } from '../../cases/events.ts'
import { fold } from '../../cases/evolve/index.ts'
import { arrivals, endOf } from '../../simulation/arrivals.ts'
import { asFile } from '../../simulation/file.ts'
import { type Ground, groundOf } from '../../simulation/ground.ts'
import { STAGES } from '../../procedures/language/compiled.ts'
import { simulateCommand } from '../../cli/simulate.ts'
import { Life } from '../../simulation/life.ts'
import { report } from '../../simulation/report.ts'
import { type Plan, simulated } from '../../simulation/run.ts'
import { sum, type Tally } from '../../simulation/tally.ts'

const plan: Plan = {
  folder: 'procedures/ml',
  span: { from: Date.parse('2026-12-01T00:00:00Z'), months: 14 },
  returns: 24,
  seed: 7,
}
const WHOLE = { part: 0, of: 1 }
let ground: Ground
let tally: Tally
beforeAll(async () => {
  ground = await groundOf(plan.folder)
  tally = simulated(ground, plan, WHOLE)
})

const total = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0)

it('writes the same bytes for the same seed, and others for another', () => {
  const again = simulated(ground, plan, WHOLE)
  expect(asFile('a.json', plan, again)).toBe(asFile('a.json', plan, tally))
  const other = { ...plan, seed: 8 }
  expect(asFile('a.json', plan, simulated(ground, other, WHOLE))).not.toBe(asFile('a.json', plan, tally))
})

it('comes to the same however many share the work', () => {
  const parts = [0, 1, 2].map((part) => simulated(ground, plan, { part, of: 3 }))
  expect(asFile('a.csv', plan, parts.reduce(sum))).toBe(asFile('a.csv', plan, tally))
})

it.each(['fr', 'en'] as const)('names the stages as the API does, in %s', (language) => {
  const { stage } = labelsFrom({ country: ground.country, names: new Map(), language, self: '', state: null })
  const told = report(ground, plan, tally, language).map((line) => line.trim())
  for (const id of STAGES) expect(told.some((line) => line.startsWith(`${stage(id)} `))).toBe(true)
})

it('counts every case, step, run, rung and act once', () => {
  expect(tally.cases).toBe(plan.returns)
  expect(tally.open + tally.closed).toBe(plan.returns)
  expect(total(Object.values(tally.closings))).toBe(tally.closed)
  expect(tally.stages.reception?.reached).toBe(plan.returns)
  for (const [path, one] of Object.entries(tally.steps))
    expect(one.ended + one.lapsed + one.takenBack + one.open, path).toBe(one.opened)
  for (const [id, one] of Object.entries(tally.runs)) expect(one.completed + one.stopped + one.open, id).toBe(one.begun)
  const roles = Object.values(tally.roles)
  for (const kind of ['reminder', 'due', 'escalation'] as const)
    expect(total(roles.map((one) => one[kind])), kind).toBe(tally.rungs[kind])
  expect(total(roles.map((one) => one.acts))).toBe(tally.acts)
  expect(total(roles.flatMap((one) => Object.values(one.days)))).toBe(tally.acts)
})

it('shows a country in which people come through every stage, are late, are reminded and are closed', () => {
  for (const stage of ['reception', 'assessment', 'referral', 'support', 'follow_up', 'closure'] as const)
    expect(tally.stages[stage]?.reached, stage).toBeGreaterThan(0)
  for (const kind of ['reminder', 'due', 'escalation'] as const) expect(tally.rungs[kind], kind).toBeGreaterThan(0)
  expect(tally.closed).toBeGreaterThan(0)
  expect(tally.refusals['changed_since_seen']).toBeUndefined()
})

it('lives each case as its ledger says', () => {
  const [arrival] = arrivals(ground.assumed, plan.span, plan.returns, plan.seed)
  const entries: Entry[] = []
  if (!arrival) throw new Error('nobody arrives')
  const life = new Life(ground, arrival, 1, { heard: (more) => entries.push(...more), refused: () => undefined })
  life.lives(endOf(plan.span))
  expect(entries.length).toBeGreaterThan(20)
  expect(fold('simulated', entries)).toEqual({ ...life.state })
})

it('brings people in the months asked for, some of them by charter', () => {
  const all = arrivals(ground.assumed, plan.span, 1550, 7)
  expect(all).toHaveLength(1550)
  expect(all[0]?.at).toBeGreaterThanOrEqual(plan.span.from)
  expect(all.at(-1)?.at).toBeLessThan(endOf(plan.span))
  const flown = all.filter(({ at }, index) => all[index + 1]?.at === at)
  expect(flown.length).toBeGreaterThan(300)
})

it('tells it in French and in English, with the names that the procedures give', () => {
  expect(report(ground, plan, tally, 'fr').join('\n')).toContain('Gestionnaire de cas')
  expect(report(ground, plan, tally, 'en').join('\n')).toContain('Case manager')
})

it('writes a file that says what was asked, and refuses what it cannot do with a reason', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'segin-')), 'country.json')
  const small = ['--returns', '3', '--months', '2', '--processors', '1']
  expect(await simulateCommand([...small, '--out', file], () => undefined)).toBe(0)
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ asked: { returns: 3, months: 2, seed: 7 } })
  const wrong = [
    ['--returns', '0'],
    ['--from', 'tomorrow'],
    ['--out', 'country.xls'],
    ['--lang', 'de'],
    ['--procedures', 'test/procedures/country'],
  ]
  for (const args of wrong)
    await expect(simulateCommand(args, () => undefined)).rejects.toThrow(/returns|from|out|lang|simulation\.yaml/)
})
