/** The invariants hold whatever people do, however time passes, and whatever is declared meanwhile. */

import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Act, Action } from '../../cases/actions.ts'
import type { Absent, Answers, AnswerValue } from '../../cases/events.ts'
import { liveItems, workOf } from '../../cases/progress/draft.ts'
import { overviewOf } from '../../cases/overview.ts'
import { outboxOf } from '../../cases/outbox.ts'
import { entriesIn, view } from '../../cases/view.ts'
import type { CompiledProcedure, Field } from '../../procedures/language/compiled.ts'
import { compileCountry, compileSettings, loadCountry } from '../../procedures/language/index.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { hold, Life } from './life.ts'

let procedures: CompiledProcedure[]
let settings: Settings
beforeAll(async () => {
  const { country } = await loadCountry('procedures/ml')
  if (!country) throw new Error('procedures/ml has problems')
  const all = compileCountry(country)
  const first = all['ml-reception']
  if (!first) throw new Error('no reception')
  procedures = [first, ...Object.values(all).filter((one) => one !== first)]
  settings = compileSettings(country, { version: 1, offsetMs: 0 })
})

const EVERYTHING = [
  'registration_agent',
  'centre_head',
  'case_manager',
  'supervisor',
  'regional_coordinator',
  'national_coordination',
  'finance',
  'iom',
  'antenna_agent',
  'survey_officer',
  'medic',
  'child_protection',
  'trafficking_focal',
  'commission',
  'civil_protection',
  'national_desk',
  'national_trafficking',
  'national_child',
  'employment_agency',
  'juvenile_judge',
].flatMap((role) => hold(role))
const USERS = ['awa', 'moussa', 'nana', 'oumar']

const move = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      at: fc.nat(),
      outcome: fc.nat(),
      user: fc.nat(),
      yes: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      hours: fc.constantFrom(1, 20, 24, 72, 240, 800, 3_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('late' as const),
      at: fc.nat(),
      outcome: fc.nat(),
      days: fc.nat({ max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wrong' as const), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('day_off' as const), days: fc.integer({ min: 1, max: 30 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('suspend' as const, 'resume' as const),
      days: fc.integer({ min: 5, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('extend' as const), at: fc.nat(), n: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('begin' as const), at: fc.nat() }) },
)
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

class Chance {
  readonly life: Life
  readonly done: Action[] = []
  constructor(life: Life) {
    this.life = life
  }

  make(one: Move): void {
    const { life } = this
    switch (one.kind) {
      case 'end':
        return this.end(one.at, one.outcome, USERS[one.user % 4] ?? 'awa', one.yes, life.now)
      case 'late':
        return this.end(one.at, one.outcome, 'awa', true, life.now - one.days * 86_400_000)
      case 'pass':
        return life.passTo(life.now + one.hours * 3_600_000)
      case 'repeat': {
        const known = this.done.at(-1 - (one.at % Math.max(1, this.done.length)))
        if (!known) return
        const before = life.state
        life.tries(known)
        // I3: an action that was taken is never applied twice; only what time has done meanwhile may differ.
        expect(
          life.entries.filter((entry) => entry.action === known.id && entry.event.kind === 'action_taken'),
        ).toHaveLength(1)
        if (life.state.seq === before.seq) expect(life.state).toEqual(before)
        return
      }
      case 'wrong': {
        const item = this.pick(one.at)
        if (item)
          life.tries(
            life.action('awa', [], {
              act: 'complete_step',
              step: item,
              basis: null,
              onBehalfOf: null,
              outcome: 'x',
              answers: {},
              personal: {},
              absent: {},
              evidence: {},
            }),
          )
        return
      }
      case 'day_off': {
        const date = new Date(life.now + one.days * 86_400_000).toISOString().slice(0, 10)
        return life.declares((before) => ({
          ...before,
          calendar: { ...before.calendar, daysOff: [...before.calendar.daysOff, { date }] },
        }))
      }
      case 'suspend': {
        const reviewOn = new Date(life.now + one.days * 86_400_000).toISOString().slice(0, 10)
        return this.act('moussa', { act: 'suspend', reviewOn, reason: 'digest' }, life.now)
      }
      case 'resume':
        return this.act('moussa', { act: 'resume' }, life.now)
      case 'extend': {
        const clocks = Object.keys(life.state.clocks)
        const clock = clocks[one.at % Math.max(1, clocks.length)]
        if (clock)
          this.act('moussa', { act: 'extend_clock', clock, by: { n: one.n, unit: 'days' }, reason: 'digest' }, life.now)
        return
      }
      case 'begin': {
        const any = procedures.filter((it) => it.begins.some((way) => way.kind === 'any_time'))
        const chosen = any[one.at % any.length]
        if (chosen)
          this.act(
            'awa',
            { act: 'begin_procedure', procedure: chosen.id, ...this.filled(chosen.inputs, true) },
            life.now,
          )
      }
    }
  }

  private pick(at: number): string | undefined {
    const open = liveItems(this.life.state).filter(({ step }) => step.status === 'open')
    return open[at % Math.max(1, open.length)]?.item
  }
  private end(at: number, outcome: number, user: string, yes: boolean, happened: number): void {
    const item = this.pick(at)
    const work = item && workOf(this.life.state, this.life.world(), item)
    if (!item || !work) return
    const outcomes = Object.entries(work.rule.outcomes).flatMap(([id, it]) => (it.byHand ? [id] : []))
    const chosen = outcomes[outcome % Math.max(1, outcomes.length)]
    if (chosen === undefined) return
    const evidence = Object.fromEntries(work.rule.evidence.map((rule) => [rule.id, [{ paper: 'digest' }]]))
    const act = {
      ...this.life.ending(work.rule.id, chosen),
      step: item,
      ...this.filled(work.rule.form, yes),
      evidence,
    } as Act
    this.act(user, act, happened)
  }
  private act(user: string, act: Act, happened: number): void {
    const action = this.life.action(user, EVERYTHING, act, { happened })
    if (this.life.tries(action) === null) this.done.push(action)
  }
  private filled(
    fields: Field[],
    yes: boolean,
  ): { answers: Answers; personal: Record<string, string>; absent: Absent } {
    const answers: Answers = {}
    const personal: Record<string, string> = {}
    for (const field of fields) {
      if (field.when !== undefined || !field.required) continue
      if (field.personal) personal[field.id] = 'digest'
      else answers[field.id] = plausible(field, yes, this.life.now)
    }
    return { answers, personal, absent: {} }
  }
}

function plausible(field: Field, yes: boolean, now: number): AnswerValue {
  switch (field.type) {
    case 'yes_no':
      return yes
    case 'number':
    case 'score':
    case 'money':
      return 2
    case 'date':
      return new Date(now + 5 * 86_400_000).toISOString().slice(0, 10)
    case 'place':
      return 'ml-kayes'
    case 'consent':
      return { state: yes ? 'given' : 'refused', form: 'written', language: 'fr' }
    case 'list':
      return [Object.fromEntries((field.of ?? []).map((one) => [one.id, plausible(one, yes, now) as string]))]
    case 'codes':
      return field.options?.slice(0, 1) ?? []
    default:
      return field.options?.[0] ?? 'somebody'
  }
}

/** What must be true after every single move. */
function holdsNow(life: Life): void {
  const { state } = life
  const live = liveItems(state)
  if (state.status === 'closed') {
    // I9, and I2: the last act before a closure is a person's.
    expect(live).toEqual([])
    expect(state.clocks).toEqual({})
    expect(life.entries.findLast((entry) => entry.event.kind === 'case_closed')?.by.kind).toBe('user')
    return
  }
  // I1: something is open, somebody owns it, and a clock that is not held will speak.
  expect(live.length).toBeGreaterThan(0)
  const speaking = Object.values(state.clocks).filter((clock) => clock.heldBy.length === 0 && clock.marks.length > 0)
  expect(speaking.length).toBeGreaterThan(0)
  for (const { step } of live.filter((one) => one.step.status === 'open')) expect(step.roles?.length).toBeGreaterThan(0)
  // I7: every run goes on under the version it began with.
  for (const run of Object.values(state.runs))
    expect(run.procedure.hash).toBe(procedures.find((one) => one.id === run.procedure.id)?.hash)
  // What waits or is open is in the overview, and nothing else.
  expect(Object.keys(overviewOf(state, { settings: life.settings }).steps).toSorted()).toEqual(
    live.map(({ item }) => item).toSorted(),
  )
}

/** I13, as far as one world can tell: whoever is not assigned sees no trace of a restricted run. */
function hidesNow(life: Life): void {
  const { state } = life
  const hidden = Object.entries(state.runs).filter(([, run]) => run.visibleTo !== null)
  const viewer = { kind: 'user' as const, user: 'somebody', holds: hold('supervisor') }
  const seen = view(state, viewer, life.world())
  const allowed = hidden.filter(([, run]) => run.visibleTo?.includes('supervisor')).map(([id]) => id)
  const told = JSON.stringify([
    seen,
    entriesIn(seen, life.entries).map((entry) => ('clock' in entry.event ? 0 : entry.event)),
  ])
  for (const [id] of hidden) if (!allowed.includes(id)) expect(told).not.toContain(`${id}.`)
}

/** I10: nothing went to a partner without a consent that lived at that moment, or a recorded override. */
function sharedWithConsent(life: Life): void {
  const live = new Map<string, string>()
  for (const { event } of life.entries) {
    if (event.kind === 'consent_recorded') live.set(event.consent.id, event.consent.state)
    if (event.kind === 'consent_withdrawn') live.set(event.consent, 'withdrawn')
    if (event.kind !== 'step_ended' || event.how !== 'act' || !event.item.includes('.sending.')) continue
    expect([...live.values()].some((state) => state === 'given' || state === 'override')).toBe(true)
  }
}

/** What must be true of the whole ledger. */
function heldThroughout(life: Life): void {
  life.agrees()
  sharedWithConsent(life)
  const keys = outboxOf(life.state, life.entries).map((row) => row.key)
  expect(new Set(keys).size).toBe(keys.length)
}

describe('the invariants, over all procedures of Mali', () => {
  it('hold under any acts, late and doubled input, declarations, suspensions, extensions and delays', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 10, maxLength: 60 }), (moves) => {
        const life = Life.open(procedures, OPENING, settings, { name: 'digest' })
        const chance = new Chance(life)
        for (const one of moves) {
          chance.make(one)
          holdsNow(life)
          hidesNow(life)
        }
        heldThroughout(life)
      }),
      { seed: 20261123, numRuns: 600 },
    )
  })
})

const OPENING = { arrived_on: '2026-11-23', centre: 'senou' }
