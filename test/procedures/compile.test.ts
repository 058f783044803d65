import { beforeAll, describe, expect, test } from 'vitest'
import { compileCountry, compileProcedure, compileSettings, loadCountry } from '../../procedures/language/index.ts'
import type { Country } from '../../procedures/language/index.ts'
import type { CompiledProcedure, Step, WorkStep } from '../../procedures/language/compiled.ts'
import { COUNTRY, withCountry } from './copy.ts'

let country: Country
let plan: CompiledProcedure
let referral: CompiledProcedure

beforeAll(async () => {
  const loaded = await loadCountry(COUNTRY)
  expect(loaded.problems).toEqual([])
  if (!loaded.country) throw new Error('the trial country does not load')
  country = loaded.country
  const all = compileCountry(country)
  plan = found(all['xx-plan'])
  referral = found(all['xx-referral'])
})

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not there')
  return value
}
function step(procedure: CompiledProcedure, id: string): Step {
  return found(procedure.steps.find((each) => each.id === id))
}
function work(procedure: CompiledProcedure, id: string): WorkStep {
  const one = step(procedure, id)
  if (one.kind === 'start') throw new Error(`${id} is a start`)
  return one
}

describe('a compiled procedure', () => {
  test('carries no title, label, help or source', () => {
    for (const word of ['Visites', 'Handbook', 'book', 'title', 'label'])
      expect(JSON.stringify(plan)).not.toContain(word)
  })
  test('is plain JSON of a few kilobytes', () => {
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
    expect(JSON.stringify(plan).length).toBeLessThan(6000)
  })
  test('carries only the gates that its steps require', () => {
    expect(Object.keys(plan.gates)).toEqual(['guardian', 'safe_contact'])
    expect(plan.gates['guardian']).toEqual({
      open: "!unaccompanied || guardian == 'appointed'",
      openedBy: ['supervisor'],
    })
  })
  test('a step takes stage, place and ladder from its procedure', () => {
    const draft = work(plan, 'draft')
    expect(draft.stage).toBe('assessment')
    expect(draft.at).toEqual({ fact: 'home' })
    expect(draft.ladder).toEqual([
      { role: 'supervisor', after: [{ n: 3, unit: 'working_days' }] },
      { role: 'national', after: [{ n: 10, unit: 'working_days' }], last: true, every: [{ n: 1, unit: 'months' }] },
    ])
    expect(draft.remind).toEqual([
      { terms: [{ n: -1, unit: 'working_days' }], anchor: { kind: 'due' } },
      { terms: [], anchor: { kind: 'due' } },
    ])
  })
  test('roles and clocks are first-match lists', () => {
    expect(work(plan, 'validation').role).toEqual([
      { when: 'draft.amount > 1968000.0', then: [{ role: 'board' }] },
      { then: [{ role: 'supervisor' }] },
    ])
    expect(work(plan, 'draft').due).toEqual([
      {
        when: '!unaccompanied',
        then: { terms: [{ n: 1, unit: 'months' }], anchor: { kind: 'fact', fact: 'arrived_on' } },
      },
      { then: { terms: [{ n: 10, unit: 'working_days' }], anchor: { kind: 'opening' } } },
    ])
  })
  test('a ladder of names takes the usual rungs, or the time that it says', () => {
    expect(work(plan, 'validation').ladder).toEqual([
      { role: 'supervisor', after: [{ n: 3, unit: 'working_days' }] },
      { role: 'national', after: [{ n: 14, unit: 'days' }], last: true, every: [{ n: 1, unit: 'months' }] },
    ])
  })
  test('after is an AND of ORs', () => {
    expect(work(plan, 'signature').after).toEqual([
      [
        { step: 'validation', outcome: 'approved' },
        { step: 'validation', outcome: 'deadlock' },
      ],
    ])
  })
  test('values of set are always CEL', () => {
    expect(work(plan, 'validation').outcomes['approved']).toEqual({ set: { budget: 'draft.amount' }, byHand: true })
    expect(work(plan, 'closing').outcomes['closed']).toEqual({ close: "'done'", byHand: true })
  })
  test('what only `then` or `lapses` bring about is not offered by hand', () => {
    const { outcomes } = work(referral, 'answer')
    expect(Object.entries(outcomes).map(([id, outcome]) => [id, outcome.byHand])).toEqual([
      ['accepted', true],
      ['exhausted', false],
      ['silent', false],
    ])
    expect(outcomes['silent']?.backTo).toEqual({
      step: 'provider',
      within: [{ n: 1, unit: 'working_days' }],
      atMost: 2,
      then: 'exhausted',
    })
  })
  test('a step without outcomes ends as done', () => {
    expect(work(plan, 'draft').outcomes).toEqual({ done: { byHand: true } })
  })
  test('a partner does a step through a field', () => {
    expect(work(referral, 'answer').role).toEqual([
      { then: [{ field: 'provider.to', type: 'partner' }, { role: 'case_manager' }] },
    ])
  })
  test('fields carry the options of their code list', () => {
    expect(referral.inputs).toEqual([
      { id: 'family', type: 'code', required: true, personal: false, options: ['health', 'shelter'] },
    ])
  })
  test('a start names its rows, their key and what each is given', () => {
    expect(step(plan, 'referrals')).toMatchObject({
      kind: 'start',
      start: 'xx-referral',
      each: 'draft.needs',
      key: 'key',
      with: { family: 'item.family' },
    })
  })
  test('visits repeat at dates around an anchor', () => {
    expect(work(plan, 'visits').repeat).toEqual({
      kind: 'dates',
      at: [[{ n: 1, unit: 'months' }], [{ n: 3, unit: 'months' }]],
      from: { kind: 'fact', fact: 'signed_on' },
      window: [{ n: 7, unit: 'days' }],
    })
  })
})

describe('the hash', () => {
  test('does not depend on texts', async () => {
    const text = [{ in: 'sops/plan.yaml', from: 'fr: Visites', to: 'fr: Visites à domicile' }]
    expect(await hashWith(text)).toBe(plan.hash)
  })
  test('changes with what the workflow carries', async () => {
    expect(await hashWith([{ in: 'sops/plan.yaml', from: 'due: 7 days', to: 'due: 8 days' }])).not.toBe(plan.hash)
  })
  test('is SHA-256 in hexadecimal', () => expect(plan.hash).toMatch(/^[0-9a-f]{64}$/))

  async function hashWith(changes: { in: string; from: string; to: string }[]): Promise<string> {
    return withCountry(changes, async (folder) => {
      const changed = found((await loadCountry(folder)).country ?? undefined)
      return compileProcedure(found(changed.procedures['xx-plan']), changed).hash
    })
  }
})

describe('settings', () => {
  test('count opening hours in minutes, places by their parents, and facts from their start', () => {
    const settings = compileSettings(country, { version: 3, offsetMs: 5 })
    expect(settings).toMatchObject({ version: 3, offsetMs: 5, whatNext: 'xx-what-next', suspension: 'xx-suspension' })
    expect(settings.calendar.week[5]).toEqual({ opens: 450, closes: 1050 })
    expect(settings.calendar.week[6]).toBeUndefined()
    expect(settings.calendar.daysOff).toEqual([{ date: '2026-09-22' }, { date: '2026-10-01', place: 'xx-north' }])
    expect(settings.places).toEqual({ xx: null, 'xx-north': 'xx', camp: 'xx-north' })
    expect(settings.facts['guardian']).toEqual({ type: 'choice', start: 'none', of: ['none', 'appointed'] })
    expect(settings.facts['arrived_on']).toEqual({ type: 'date', start: null })
    expect(settings.facts['danger']).toEqual({ type: 'yes_no', start: false, restricted: 'danger' })
  })
  test('watch for procedures that begin by themselves', async () => {
    const change = [
      { in: 'sops/referral.yaml', from: 'begins: [started]', to: 'begins: [started, on signed_on, when budget > 3.0]' },
      { in: 'sops/referral.yaml', from: 'required: true, label: { fr: Famille', to: 'label: { fr: Famille' },
      { in: 'sops/referral.yaml', from: "[1 hour when input.family == 'health', 1 working day]", to: '1 working day' },
    ]
    await withCountry(change, async (folder) => {
      const { country: watching, problems } = await loadCountry(folder)
      expect(problems).toEqual([])
      expect(compileSettings(found(watching ?? undefined), { version: 1, offsetMs: 0 }).watchers).toEqual([
        { procedure: 'xx-referral', on: 'signed_on' },
        { procedure: 'xx-referral', when: 'budget > 3.0' },
      ])
    })
  })
})

test('the documents keep every text, and the default outcome has one', () => {
  const draft = found(country.procedures['xx-plan']?.steps[0])
  expect(draft).toMatchObject({
    title: { fr: 'Projet', en: 'Draft' },
    outcomes: { done: { label: { fr: 'Fait', en: 'Done' } } },
  })
  expect(country.notices['due']?.fr.subject).toBe('{case} : {step}')
})

test('`all here` spares restricted runs, as `all` does', async () => {
  const change = { in: 'sops/suspension.yaml', from: 'holds: [all]', to: 'holds: [all here, xx-plan here]' }
  await withCountry([change], async (folder) => {
    const loaded = await loadCountry(folder)
    const all = compileCountry(found(loaded.country ?? undefined))
    expect(work(found(all['xx-suspension']), 'review').holds).toEqual(['all ordinary here', 'xx-plan here'])
  })
})
