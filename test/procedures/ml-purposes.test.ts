/** Rule 10: help is no bait. Purposes are asked apart, refusing one changes nothing else, and what is essential asks for none. */

import { beforeAll, describe, expect, it } from 'vitest'
import type { CompiledProcedure, Field, WorkStep } from '../../procedures/language/compiled.ts'
import { mali, proceduresOfMali } from './ml-life.ts'
import type { Walk } from './walk.ts'

let walk: () => Walk
let procedures: CompiledProcedure[]
beforeAll(async () => {
  ;[walk, procedures] = await Promise.all([mali(), proceduresOfMali()])
})

interface Asked {
  where: string
  step: WorkStep
  field: Field
}
const workSteps = (one: CompiledProcedure): WorkStep[] =>
  one.steps.filter((step): step is WorkStep => step.kind !== 'start')
const questions = (): Asked[] =>
  procedures.flatMap((one) =>
    workSteps(one).flatMap((step) =>
      step.form
        .filter((field) => field.type === 'consent')
        .map((field) => ({ where: `${one.id}.${step.id}.${field.id}`, step, field })),
    ),
  )
const refused = { state: 'refused', form: 'oral', language: 'bm' } as const
const given = { state: 'given', form: 'oral', language: 'bm' } as const
/** What became of the case, but for the answer itself. */
const became = (w: Walk) => ({
  open: w.openSteps(),
  waiting: w.waitingSteps(),
  clocks: Object.values(w.state.clocks).map(({ item, target }) => [item.replace(/-\w{3}\./, '.'), target]),
  facts: w.state.facts,
  stage: w.state.stage,
})

describe('a purpose', () => {
  it('has a question of its own wherever consent is asked, and at most one of a step must be answered', () => {
    expect(questions().length).toBeGreaterThan(6)
    for (const { where, step } of questions()) {
      const fields = step.form.filter((field) => field.type === 'consent')
      expect(new Set(fields.map((field) => field.purpose)).size, where).toBe(fields.length)
      expect(fields.filter((field) => field.required).length, where).toBeLessThan(2)
    }
  })

  it('is asked whatever was said to another', () => {
    for (const { where, step, field } of questions()) {
      const others = step.form.filter((one) => one.type === 'consent' && one !== field).map((one) => one.id)
      const words = `${JSON.stringify(field.when ?? '')} ${JSON.stringify(step.when ?? '')}`
      for (const other of others) expect(words, where).not.toMatch(new RegExp(`\\b${other}\\b`))
      expect(words, where).not.toMatch(/consent/)
    }
  })
})

function registered(photograph: typeof refused | typeof given): Walk {
  const w = walk()
  w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'senou', child_alone: false })
  w.end('reception.triage', 'ours')
  const told = { services: given, photograph, destination: 'ml-kayes', safe_contact: true }
  w.end('reception.registration', 'registered', told)
  return w
}

describe('refusing', () => {
  it('a photograph changes nothing else, now or in a month', () => {
    const [without, along] = [registered(refused), registered(given)]
    expect(became(without)).toEqual(became(along))
    for (const w of [without, along]) w.pass(30)
    expect(became(without)).toEqual(became(along))
    expect(without.told()).toEqual(along.told())
  })

  it('all support leaves shelter, food, care and transport where they were', () => {
    const w = walk()
    w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'senou', child_alone: false })
    w.end('reception.triage', 'ours')
    const before = w.openSteps().filter((step) => step !== 'reception.registration')
    w.end('reception.registration', 'services_refused', { services: refused })
    expect(w.openSteps()).toEqual(expect.arrayContaining(before))
    expect(w.state.status).toBe('open')
  })
})

describe('what is essential', () => {
  it('is there in each part of the help that keeps somebody alive', () => {
    const essential = procedures.flatMap((one) =>
      workSteps(one).flatMap((step) => (step.essential ? [`${one.id}.${step.id}`] : [])),
    )
    expect(essential.length).toBeGreaterThanOrEqual(10)
    for (const id of ['ml-reception', 'ml-health', 'ml-child', 'ml-trafficking'])
      expect(
        essential.some((step) => step.startsWith(`${id}.`)),
        id,
      ).toBe(true)
  })

  it('asks for no consent itself', () => {
    for (const { where, step } of questions()) expect(step.essential, where).toBe(false)
  })
})
