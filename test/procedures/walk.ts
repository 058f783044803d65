/** Walks one case through the procedures of a country with the pure core alone: no server, a clock moved by hand. */

import { basisOf } from '../../cases/basis.ts'
import { evaluated, holds, namesFor } from '../../cases/conditions.ts'
import type { Act, Holding } from '../../cases/actions.ts'
import type { Answers, AnswerValue, Entry, EventKind, FactValue } from '../../cases/events.ts'
import { decide } from '../../cases/decide.ts'
import { evolve, newCase } from '../../cases/evolve/index.ts'
import { workOf } from '../../cases/progress/draft.ts'
import type { CaseState, StepState } from '../../cases/state.ts'
import { view } from '../../cases/view.ts'
import { nextWake, wake } from '../../cases/wake.ts'
import type { Decision, World } from '../../cases/world.ts'
import type { CompiledProcedure, Field, FieldType } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'

const DAY = 86_400_000

export class Walk {
  state: CaseState
  now: number
  readonly entries: Entry[] = []
  private readonly settings: Settings
  private readonly shelf: Record<string, CompiledProcedure>
  private readonly published: Record<string, string>

  constructor(procedures: Record<string, CompiledProcedure>, settings: Settings, start: string) {
    this.settings = settings
    this.shelf = Object.fromEntries(Object.values(procedures).map((one) => [one.hash, one]))
    this.published = Object.fromEntries(Object.values(procedures).map((one) => [one.id, one.hash]))
    this.state = newCase('walk')
    this.now = Date.parse(start)
  }

  open(subject: 'case' | 'arrival', procedure: string, place: string, given: Answers): void {
    const rule = this.shelf[this.published[procedure] ?? '']
    const number = subject === 'case' ? '26-3416-724' : 'senou-2026-11-23-1'
    const filled = this.filled(rule?.inputs ?? [], given, '', {})
    this.act('desk', [{ role: 'registration_agent', place }], {
      act: 'open_case',
      subject,
      number,
      procedure,
      place,
      ...filled,
    })
  }

  /** Ends the open step `run.step` (the run named without its letters); what the form requires is filled in. */
  end(step: string, outcome: string, given: Answers = {}, user = 'somebody'): void {
    const item = this.item(step)
    const work = workOf(this.state, this.world(), item)
    if (!work) throw new Error(`${step} is not open; open: ${this.openSteps().join(', ')}`)
    const names = { ...namesFor(this.state, this.settings, work.run, work.runId), outcome }
    const filled = this.filled(work.rule.form, given, outcome, names)
    const asked = work.rule.evidence.filter(
      (one) => one.required && holds(one.when, { ...names, form: filled.answers }),
    )
    const place = work.step.place ?? 'ml'
    const roles = (work.step.roles ?? []).map((one) => ('role' in one ? one.role : 'case_manager'))
    const evidence = Object.fromEntries(asked.map((one) => [one.id, [{ paper: 'digest' }]]))
    const holdings = roles.map((role) => ({ role, place }))
    const seen = view(this.state, { kind: 'user', user, holds: holdings }, this.world())
    const basis = basisOf(seen, workOf(seen, this.world(), item) ?? work)
    const act: Act = { act: 'complete_step', step: item, basis, onBehalfOf: null, outcome, ...filled, evidence }
    this.act(user, holdings, act)
  }

  /** Lets time pass, mark by mark. */
  pass(days: number): void {
    const until = this.now + days * DAY
    for (;;) {
      const next = nextWake(this.state, this.world())
      if (next === null || next > until) break
      this.now = Math.max(this.now, next)
      this.take(wake(this.state, this.world()))
    }
    this.now = until
  }

  step(step: string): StepState | undefined {
    const [run, id = ''] = this.item(step).split('.')
    return this.state.runs[run ?? '']?.steps[id]
  }
  openSteps(): string[] {
    return this.live('open').map((item) => short(item))
  }
  waitingSteps(): string[] {
    return this.live('waiting').map((item) => short(item))
  }
  told(): string[] {
    return this.entries.flatMap(({ event }) =>
      event.kind === 'rung_fired' ? [`${short(event.clock)} ${event.to}`] : [],
    )
  }
  events<K extends EventKind>(kind: K): Extract<Entry['event'], { kind: K }>[] {
    return this.entries.flatMap(({ event }) =>
      event.kind === kind ? [event as Extract<Entry['event'], { kind: K }>] : [],
    )
  }
  refusal(step: string, outcome: string, given: Answers = {}, user = 'somebody'): string {
    try {
      this.end(step, outcome, given, user)
      return 'done'
    } catch (error) {
      return String((error as Error).message)
    }
  }

  act(user: string, holdings: Holding[], act: Act): void {
    const id = `a${this.entries.length}`
    const by = { kind: 'user', user, holds: holdings } as const
    const when = { happened: this.now, received: this.now, notAfter: this.now + 60_000 }
    this.take(decide(this.state, { id, digest: id, by, via: 'app', ...when, act }, this.world()))
    this.now += 60_000
  }

  private take(decision: Decision): void {
    if (decision.kind === 'look_up') throw new Error(`not on the shelf: ${decision.wanted.procedures.join(', ')}`)
    if (decision.kind === 'refused') throw new Error(JSON.stringify(decision.refusal))
    this.entries.push(...decision.entries)
    this.state = decision.entries.reduce(evolve, this.state)
  }

  private world(): World {
    return { now: this.now, settings: this.settings, shelf: this.shelf, published: this.published }
  }

  private live(status: 'open' | 'waiting'): string[] {
    return Object.entries(this.state.runs)
      .filter(([, run]) => run.status === 'open')
      .flatMap(([id, run]) =>
        Object.entries(run.steps).flatMap(([step, one]) =>
          one.status === status ? [`${id}.${step}.${one.round}`] : [],
        ),
      )
  }

  private item(step: string): string {
    const found = this.live('open').find((item) => short(item) === step)
    if (!found) throw new Error(`${step} is not open; open: ${this.openSteps().join(', ')}`)
    return found
  }

  private filled(fields: Field[], given: Answers, outcome: string, names: Record<string, unknown>) {
    const answers: Answers = {}
    const personal: Record<string, string> = {}
    for (const field of fields) {
      const asked = holds(field.when, { ...names, outcome, form: { ...answers, ...given } })
      const value = given[field.id]
      if (value !== undefined) answers[field.id] = value
      else if (!field.required || !asked) continue
      else if (field.personal) personal[field.id] = 'digest'
      else answers[field.id] = this.plausible(field, outcome)
    }
    return { answers, personal, absent: {} }
  }

  private plausible(field: Field, outcome = ''): AnswerValue {
    const plain: Partial<Record<FieldType, AnswerValue>> = {
      yes_no: true,
      number: 1,
      money: field.budget === undefined ? 52_000 : 20_000,
      date: new Date(this.now).toISOString().slice(0, 10),
      place: 'ml-kayes',
      user: 'fatoumata',
      partner: 'csref-kayes',
      codes: field.options?.slice(0, 1) ?? [],
      list: (field.min ?? 0) > 0 ? [this.row(field.of ?? [])] : [],
    }
    if (field.type === 'consent') {
      const state = outcome !== '' && field.override === outcome ? 'override' : 'given'
      return { state, form: 'written', language: 'fr' }
    }
    return plain[field.type] ?? field.options?.[0] ?? 'n1'
  }

  private row(members: Field[]): Record<string, FactValue> {
    return Object.fromEntries(members.map((one) => [one.id, this.plausible(one) as FactValue]))
  }

  fact(name: string): unknown {
    return evaluated(name, namesFor(this.state, this.settings, null, null))
  }
}

/** `plan-k7m.validation.1` → `plan.validation`; `lost-contact-x2y.tries.1` → `lost-contact.tries`. */
function short(item: string): string {
  const [run = '', step = ''] = item.split('.')
  return `${run.slice(0, run.lastIndexOf('-'))}.${step}`
}
