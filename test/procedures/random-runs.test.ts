/** The proofs against another reading of the same sentences: runs walked at random, step by step, with loops. */

import { expect, test } from 'vitest'
import type { Step, WorkStep } from '../../procedures/language/compiled.ts'
import { studyOf } from '../../procedures/language/check/conditions.ts'
import { endsRun, isAnswered, silentOutcomes } from '../../procedures/language/check/outcomes.ts'
import type { Reading, Study } from '../../procedures/language/check/study.ts'
import { loadCountry } from '../../procedures/language/index.ts'
import { parseProcedure } from '../../procedures/language/parse/procedure.ts'
import { COUNTRY } from './copy.ts'

type Status = 'pending' | 'open' | 'not_needed' | 'off_path' | { outcome: string }

async function studies(folder: string): Promise<Study[]> {
  const { country, problems } = await loadCountry(folder)
  expect(problems).toEqual([])
  if (!country) return []
  const procedureIds = Object.keys(country.procedures)
  return Object.values(country.procedures).map((document) => {
    const context = { country, procedureIds, document, report: () => undefined }
    return studyOf(context, parseProcedure(context))
  })
}

/** A small generator with a fixed seed: the same walks every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

class Run {
  readonly statuses = new Map<string, Status>()
  readonly opened = new Set<string>()
  readonly missing: string[] = []
  readonly #used = new Map<string, number>()
  readonly #study: Study
  readonly #roll: (sides: number) => number

  constructor(study: Study, roll: (sides: number) => number) {
    this.#study = study
    this.#roll = roll
    for (const step of this.#steps()) this.statuses.set(step.id, 'pending')
    this.#settle()
  }

  /** Ends one open step at random; false when nothing is open. */
  act(): boolean {
    const open = this.#steps().filter(
      (step): step is WorkStep => step.kind !== 'start' && this.statuses.get(step.id) === 'open',
    )
    const step = open[this.#roll(open.length)]
    if (!step) return false
    const ids = Object.keys(step.outcomes)
    let id = ids[this.#roll(ids.length)] ?? ''
    const back = step.outcomes[id]?.backTo
    const used = this.#used.get(`${step.id}=${id}`) ?? 0
    if (back && used >= back.atMost) id = back.then
    this.#read(step, (reading) => !opensWith(reading) && (reading.outcome === null || reading.outcome === id))
    const outcome = step.outcomes[id]
    this.statuses.set(step.id, { outcome: id })
    if (endsRun(outcome)) {
      for (const [each, status] of this.statuses)
        if (status === 'open' || status === 'pending') this.statuses.set(each, 'off_path')
      return false
    }
    if (outcome?.backTo) {
      this.#used.set(`${step.id}=${id}`, used + 1)
      this.#sendBack(outcome.backTo.step, step.id)
    }
    this.#settle()
    return true
  }

  #steps(): readonly Step[] {
    return this.#study.parsed.steps
  }

  #sendBack(target: string, from: string): void {
    const below = new Set([target])
    for (const step of this.#steps()) if (step.after.flat().some((item) => below.has(item.step))) below.add(step.id)
    const above = new Set([from])
    for (const step of this.#steps().toReversed())
      if (above.has(step.id)) for (const item of step.after.flat()) above.add(item.step)
    for (const id of below) {
      const status = this.statuses.get(id)
      if (above.has(id) || status === 'not_needed' || status === 'off_path') this.statuses.set(id, 'pending')
    }
    this.statuses.set(target, 'open')
  }

  #settle(): void {
    let moved = true
    while (moved) {
      moved = false
      for (const step of this.#steps()) {
        if (this.statuses.get(step.id) !== 'pending') continue
        const value = this.#after(step)
        if (value === null) continue
        this.statuses.set(step.id, value ? this.#opening(step) : 'off_path')
        moved = true
      }
    }
  }

  #opening(step: Step): Status {
    this.#read(step, (reading) => reading.clause === 'when')
    if (step.when !== undefined && this.#roll(2) === 0) return 'not_needed'
    this.opened.add(step.id)
    this.#read(step, (reading) => reading.clause !== 'when' && opensWith(reading))
    return step.kind === 'start' ? { outcome: 'started' } : 'open'
  }

  #after(step: Step): boolean | null {
    let value: boolean | null = true
    for (const group of step.after) {
      const values = group.map(({ step: id, outcome }): boolean | null => {
        const status = this.statuses.get(id)
        if (status === 'pending' || status === 'open') return null
        if (status === 'not_needed') return outcome === undefined || outcome === 'not_needed'
        return typeof status === 'object' && (outcome === undefined || outcome === status.outcome)
      })
      if (values.every((each) => each === false)) return false
      if (!values.includes(true)) value = null
    }
    return value
  }

  #read(step: Step, now: (reading: Reading) => boolean): void {
    for (const reading of this.#study.readings) {
      const root = this.#steps().find((each) => each.id === reading.root)
      if (reading.step !== step || reading.guarded || !root || !now(reading)) continue
      if (this.#study.sure[step.id]?.includes(`${reading.root}.${reading.member}`)) continue
      if (!this.#answered(root, reading)) this.missing.push(`${step.id} reads ${reading.root}.${reading.member}`)
    }
  }

  #answered(root: Step, { member, clause }: Reading): boolean {
    const status = this.statuses.get(root.id)
    if (typeof status !== 'object') return false
    if (member === null || member === 'outcome' || clause === 'each' || root.kind === 'start') return true
    const field = root.form.find((each) => each.id === member)
    return field !== undefined && !silentOutcomes(root).includes(status.outcome) && isAnswered(field, status.outcome)
  }
}

/** Read when the step opens; the rest is read when it ends. */
function opensWith({ clause }: Reading): boolean {
  return !['form', 'evidence', 'set', 'close'].includes(clause)
}

test.each([
  ['the trial country', COUNTRY],
  ['Mali', new URL('../../procedures/ml', import.meta.url).pathname],
])('in %s no random run reads what is missing, hangs, or leaves a step that never opens', async (_name, folder) => {
  for (const study of await studies(folder)) {
    const roll = dice(7)
    const opened = new Set<string>()
    for (let walk = 0; walk < 400; walk += 1) {
      const run = new Run(study, roll)
      let acts = 0
      while (run.act()) acts += 1
      expect(acts).toBeLessThan(200)
      expect(run.missing).toEqual([])
      expect([...run.statuses].filter(([, status]) => status === 'pending' || status === 'open')).toEqual([])
      for (const id of run.opened) opened.add(id)
    }
    expect(study.parsed.steps.map((step) => step.id).filter((id) => !opened.has(id))).toEqual([])
  }
})
