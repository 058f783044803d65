/** Random moves on one case, for the invariants. */

import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { Act, Action } from '../../cases/actions.ts'
import type { Absent, Answers, AnswerValue } from '../../cases/events.ts'
import { liveItems, workOf } from '../../cases/progress/draft.ts'
import type { CompiledProcedure, Field } from '../../procedures/language/compiled.ts'
import { hold, type Life } from './life.ts'

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
  'child_panel',
  'red_cross',
  'trained_manager',
  'trafficking_authority',
].flatMap((role) => hold(role))
const USERS = ['awa', 'moussa', 'nana', 'oumar']

/** What may happen next; indices are taken modulo what there is. */
export const move = fc.oneof(
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
      kind: fc.constantFrom('withdraw' as const, 'override' as const),
      at: fc.nat(),
      n: fc.nat(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('suspend' as const, 'resume' as const, 'consent' as const, 'correct' as const),
      days: fc.integer({ min: 5, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('extend' as const), at: fc.nat(), n: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('begin' as const, 'batch' as const, 'lift' as const, 'reopen' as const),
      at: fc.nat(),
    }),
  },
)
export type Move = typeof move extends fc.Arbitrary<infer M> ? M : never

/** Makes random moves on a life: valid, late, doubled and wrong ones. */
export class Chance {
  readonly life: Life
  readonly done: Action[] = []
  private readonly procedures: CompiledProcedure[]

  constructor(life: Life, procedures: CompiledProcedure[]) {
    this.life = life
    this.procedures = procedures
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
      case 'consent': {
        const until = new Date(life.now + one.days * 86_400_000).toISOString().slice(0, 10)
        const consent = { purpose: 'services', state: 'given', form: 'oral', language: 'bm', until } as const
        return this.act('moussa', { act: 'record_consent', consent }, life.now)
      }
      case 'withdraw': {
        const live = Object.values(life.state.consents).filter(({ state }) => state === 'given' || state === 'override')
        const consent = live[one.at % Math.max(1, live.length)]
        if (consent) this.act('moussa', { act: 'withdraw_consent', consent: consent.id }, life.now)
        return
      }
      case 'override':
        return this.override(one.at, one.n)
      case 'correct': {
        const day = new Date(life.state.opened - one.days * 3_600_000).toISOString().slice(0, 10)
        const corrected = { answers: { arrived_on: day }, personal: { name: 'digest' }, reason: 'digest' }
        return this.act('moussa', { act: 'correct_opening', ...corrected }, life.now)
      }
      case 'extend': {
        const clocks = Object.keys(life.state.clocks)
        const clock = clocks[one.at % Math.max(1, clocks.length)]
        if (clock)
          this.act('moussa', { act: 'extend_clock', clock, by: { n: one.n, unit: 'days' }, reason: 'digest' }, life.now)
        return
      }
      case 'reopen': {
        const done = Object.entries(life.state.runs).flatMap(([run, { steps }]) =>
          Object.entries(steps).flatMap(([step, it]) => (it.status === 'done' ? [`${run}.${step}.${it.round}`] : [])),
        )
        const step = done[one.at % Math.max(1, done.length)]
        const within = { n: 3, unit: 'working_days' } as const
        if (step) this.act('moussa', { act: 'reopen_step', step, within, reason: 'digest' }, life.now)
        return
      }
      case 'begin':
        return this.begin('any_time', one.at, {})
      case 'batch':
        return this.begin('batch', one.at, { batch: `batch-${one.at % 5}` })
      case 'lift': {
        const begun = Object.values(life.state.runs).filter(({ key, status }) => status === 'open' && key !== null)
        const run = begun[one.at % Math.max(1, begun.length)]
        if (run) this.act('nana', { act: 'lift_batch', batch: run.key ?? '', procedure: run.procedure.id }, life.now)
      }
    }
  }

  private begin(way: 'any_time' | 'batch', at: number, more: { batch?: string }): void {
    const any = this.procedures.filter((it) => it.begins.some(({ kind }) => kind === way))
    const chosen = any[at % Math.max(1, any.length)]
    if (!chosen) return
    const inputs = this.filled(chosen.inputs, true)
    this.act('awa', { act: 'begin_procedure', procedure: chosen.id, ...inputs, ...more }, this.life.now)
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
      ...this.filled(work.rule.form, yes, chosen),
      evidence,
    } as Act
    this.act(user, act, happened)
  }
  /** Out of turn, with two signatures: whatever is refused stays as it was. */
  private override(at: number, outcome: number): void {
    const item = this.pick(at)
    const work = item && workOf(this.life.state, this.life.world(), item)
    if (!item || !work) return
    const outcomes = Object.keys(work.rule.outcomes)
    const chosen = outcomes[outcome % Math.max(1, outcomes.length)] ?? ''
    const filled = { ...this.filled(work.rule.form, true, chosen), outcome: chosen, evidence: {} }
    this.act('moussa', { act: 'override_step', step: item, reason: 'digest', ...filled }, this.life.now)
    this.act('nana', { act: 'countersign', step: item }, this.life.now)
  }
  private act(user: string, act: Act, happened: number): void {
    const action = this.life.action(user, EVERYTHING, act, { happened })
    if (this.life.tries(action) === null) this.done.push(action)
  }
  private filled(
    fields: Field[],
    yes: boolean,
    outcome = '',
  ): { answers: Answers; personal: Record<string, string>; absent: Absent } {
    const answers: Answers = {}
    const personal: Record<string, string> = {}
    for (const field of fields) {
      if (field.when !== undefined || !field.required) continue
      if (field.personal) personal[field.id] = 'digest'
      else answers[field.id] = plausible(field, yes, this.life.now, outcome)
    }
    return { answers, personal, absent: {} }
  }
}

function plausible(field: Field, yes: boolean, now: number, outcome = ''): AnswerValue {
  switch (field.type) {
    case 'yes_no':
      return yes
    case 'number':
    case 'score':
    case 'money':
      return 2
    case 'date':
      return new Date(now + (field.lies === 'behind' ? 0 : 5 * 86_400_000)).toISOString().slice(0, 10)
    case 'place':
      return 'ml-kayes'
    case 'consent':
      return {
        state: outcome !== '' && field.override === outcome ? 'override' : yes ? 'given' : 'refused',
        form: 'written',
        language: 'fr',
        ...(yes ? {} : { until: null }),
      }
    case 'list':
      return [Object.fromEntries((field.of ?? []).map((one) => [one.id, plausible(one, yes, now) as string]))]
    case 'codes':
      return field.options?.slice(0, 1) ?? []
    default:
      return field.options?.[0] ?? 'somebody'
  }
}
