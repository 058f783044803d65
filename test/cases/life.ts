/** One case lived in memory, exactly as the workflow lives it: time first, then the act, then time again. */

import { expect } from 'vitest'
import type { Act, Action, Holding, Principal } from '../../cases/actions.ts'
import { basisOf } from '../../cases/basis.ts'
import { decide } from '../../cases/decide.ts'
import type { Answers, Entry, EventKind } from '../../cases/events.ts'
import { NEWEST_ENGINE } from '../../cases/engines.ts'
import { evolve, fold, newCase } from '../../cases/evolve/index.ts'
import { liveItems, workOf } from '../../cases/progress/draft.ts'
import type { Refusal } from '../../cases/refusals.ts'
import type { CaseState, StepState } from '../../cases/state.ts'
import { takeSettings } from '../../cases/take-settings.ts'
import { nextWake, wake } from '../../cases/wake.ts'
import type { Decision, World } from '../../cases/world.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { SETTINGS, SUSPENSION, WHAT_NEXT } from './build.ts'

/** Monday morning. */
export const START = Date.parse('2026-11-23T09:00:00Z')
export const hold = (role: string, place = 'ml'): Holding[] => [{ role, place }]

export class Life {
  state: CaseState = { ...newCase('life'), engine: NEWEST_ENGINE }
  now = START
  readonly entries: Entry[] = []
  settings: Settings
  private readonly procedures: CompiledProcedure[]
  private acts = 0
  /** What the last decision said that it makes of the state. */
  private decided = this.state

  constructor(procedures: CompiledProcedure[], settings: Settings = SETTINGS) {
    this.procedures = [...procedures, WHAT_NEXT, SUSPENSION]
    this.settings = settings
  }
  /** Opened with the first of its procedures. */
  static open(
    procedures: CompiledProcedure[],
    answers: Answers = { home: 'ml-kayes' },
    settings: Settings = SETTINGS,
    personal: Record<string, string> = {},
  ): Life {
    const life = new Life(procedures, settings)
    life.does('desk', 'registration_agent', {
      act: 'open_case',
      subject: procedures[0]?.subject ?? 'case',
      number: '26-3416-724',
      procedure: procedures[0]?.id ?? '',
      place: 'ml-kayes',
      answers,
      personal,
      absent: {},
    })
    return life
  }

  action(user: string, role: string | Holding[], act: Act, more: Partial<Action> = {}): Action {
    const id = `a${(this.acts += 1)}`
    const by: Principal = { kind: 'user', user, holds: typeof role === 'string' ? hold(role) : role }
    return { id, digest: id, by, via: 'app', happened: this.now, received: this.now, notAfter: Infinity, act, ...more }
  }
  /** null when it was done. */
  tries(action: Action): Refusal | null {
    this.time()
    const decision = decide(this.state, action, this.world())
    if (decision.kind === 'refused') return decision.refusal
    this.take(decision)
    this.time()
    return null
  }
  does(user: string, role: string | Holding[], act: Act, more: Partial<Action> = {}): void {
    expect(this.tries(this.action(user, role, act, more))).toBeNull()
  }
  /** The act that would end the open step of this name, filled as said. */
  ending(step: string, outcome: string, answers: Answers = {}): Act {
    const item = this.item(step)
    const work = workOf(this.state, this.world(), item)
    const basis = work ? basisOf(this.state, work) : null
    return {
      act: 'complete_step',
      step: item,
      basis,
      onBehalfOf: null,
      outcome,
      answers,
      personal: {},
      absent: {},
      evidence: {},
    }
  }
  ends(step: string, outcome = 'done', answers: Answers = {}, user = 'awa', role = 'case_manager'): void {
    this.does(user, role, this.ending(step, outcome, answers))
  }
  decides(step: string, outcome = 'approved', answers: Answers = {}, user = 'moussa'): void {
    this.does(user, 'supervisor', this.ending(step, outcome, answers))
  }

  passTo(instant: string | number): void {
    this.now = typeof instant === 'string' ? Date.parse(instant) : instant
    this.time()
  }
  passDays(days: number): void {
    this.passTo(this.now + days * 86_400_000)
  }
  declares(change: (settings: Settings) => Settings): void {
    this.time()
    this.settings = { ...change(this.settings), version: this.settings.version + 1 }
    this.take(takeSettings(this.state, this.world()))
    this.time()
  }

  item(step: string): string {
    const found = liveItems(this.state).find(({ stepId }) => stepId === step)
    const ended = Object.entries(this.state.runs).find(([, run]) => run.steps[step])
    return found?.item ?? `${ended?.[0]}.${step}.${ended?.[1].steps[step]?.round ?? 1}`
  }
  step(step: string): StepState | undefined {
    return Object.values(this.state.runs)
      .flatMap((run) => run.steps[step] ?? [])
      .at(-1)
  }
  statusOf(step: string): string | undefined {
    return this.step(step)?.status
  }
  open(): string[] {
    return liveItems(this.state).flatMap(({ stepId, step }) => (step.status === 'open' ? [stepId] : []))
  }
  due(step: string, kind = 'due'): string {
    const clock = this.state.clocks[`${this.item(step)}.${kind}`]
    return clock ? new Date(clock.target).toISOString().slice(0, 16) : ''
  }
  events<K extends EventKind>(kind: K): Extract<Entry['event'], { kind: K }>[] {
    return this.entries.flatMap(({ event }) =>
      event.kind === kind ? [event as Extract<Entry['event'], { kind: K }>] : [],
    )
  }
  world(): World {
    const shelf = Object.fromEntries(this.procedures.map((one) => [one.hash, one]))
    const published = Object.fromEntries(this.procedures.map((one) => [one.id, one.hash]))
    return { now: this.now, settings: this.settings, shelf, published }
  }

  private time(): void {
    this.take(wake(this.state, this.world()))
    const next = nextWake(this.state, this.world())
    if (next !== null) expect(next).toBeGreaterThan(this.now)
  }
  private take(decision: Decision): void {
    if (decision.kind !== 'events') throw new Error(`unexpected ${decision.kind}`)
    this.receives(decision.entries)
    this.decided = decision.state
  }
  receives(entries: Entry[]): void {
    this.state = entries.reduce(evolve, this.state)
    this.entries.push(...entries)
  }
  /** I5 and I11, after anything. */
  agrees(): void {
    expect(fold('life', this.entries)).toEqual(this.state)
    expect(this.decided).toEqual(this.state)
    expect(JSON.parse(JSON.stringify(this.state))).toEqual(this.state)
    expect(this.entries.map((entry) => entry.seq)).toEqual(this.entries.map((_, index) => index + 1))
  }
}
