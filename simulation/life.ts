/** One case lived from arrival to the end of the simulation, on the pure core alone: time first, then who acts. */

import type { Action } from '../cases/actions.ts'
import { decide } from '../cases/decide.ts'
import { NEWEST_ENGINE } from '../cases/engines.ts'
import type { Entry, ItemId } from '../cases/events.ts'
import { newCase } from '../cases/evolve/index.ts'
import { workOf } from '../cases/progress/draft.ts'
import type { Refusal } from '../cases/refusals.ts'
import type { CaseState } from '../cases/state.ts'
import type { Instant } from '../cases/time.ts'
import { nextWake, wake } from '../cases/wake.ts'
import type { Decision, World } from '../cases/world.ts'
import type { Arrival } from './arrivals.ts'
import { Dice } from './dice.ts'
import type { Hand } from './fill.ts'
import type { Ground } from './ground.ts'
import { actsAt, inHours } from './pace.ts'
import { type Asked, beginning, ending, opening } from './people.ts'
import { weighed } from './weighed.ts'

const DAY = 86_400_000
/** A case in which more is done than this leads in circles: its procedures or the assumptions are wrong. */
const MOST_ACTS = 5_000

export interface Listener {
  heard(entries: Entry[]): void
  refused(refusal: Refusal): void
}

export class Life {
  state: CaseState
  private now: Instant
  private readonly ground: Ground
  private readonly listener: Listener
  private readonly dice: Dice
  private readonly home: string
  /** What somebody will get to, and when. */
  private readonly plans = new Map<ItemId, Instant>()
  private acts = 0

  constructor(ground: Ground, arrival: Arrival, seed: number, listener: Listener) {
    this.ground = ground
    this.listener = listener
    this.dice = new Dice(seed)
    this.home = weighed(this.dice, ground.assumed.goes_home_to)
    this.now = arrival.at
    this.state = { ...newCase('simulated'), engine: NEWEST_ENGINE }
    this.tries(opening(ground, this.hand(), arrival))
  }

  /** Until the case is closed, or until the simulation ends. */
  lives(until: Instant): void {
    const first = this.now
    let event = this.nextEvent(first)
    while (this.state.status === 'open') {
      const plan = this.nextPlan()
      const at = Math.min(nextWake(this.state, this.world()) ?? Infinity, plan?.at ?? Infinity, event.at)
      if (at > until) return
      this.now = Math.max(this.now, at)
      this.take(wake(this.state, this.world()))
      if (plan && plan.at <= this.now) this.getsTo(plan.item)
      if (event.at > this.now) continue
      this.tries(beginning(this.ground, this.hand(), event.procedure))
      event = this.nextEvent(this.now)
    }
  }

  private getsTo(item: ItemId): void {
    this.plans.delete(item)
    const work = workOf(this.state, this.world(), item)
    if (!work || work.step.status !== 'open' || work.step.round !== work.round || work.run.status !== 'open') return
    const refusal = this.tries(ending(this.state, this.world(), this.hand(), work))
    if (!refusal) return
    const { assumed } = this.ground
    this.plans.set(item, inHours(this.now + this.dice.wait(assumed.pace.blocked_days * DAY)))
    for (const { gate } of refusal.code === 'gate_closed' ? refusal.gates : []) this.opensGate(assumed.gates[gate])
  }
  private opensGate(procedure: string | undefined): void {
    if (procedure === undefined) return
    const begun = Object.values(this.state.runs).some((run) => run.procedure.id === procedure && run.status === 'open')
    if (!begun) this.tries(beginning(this.ground, this.hand(), procedure))
  }

  private tries({ by, act }: Asked): Refusal | null {
    this.acts += 1
    if (this.acts > MOST_ACTS) throw new Error(`a case does not get on: ${[...this.plans.keys()].join(', ')}`)
    const id = `a${this.acts}`
    const when = { happened: this.now, received: this.now, notAfter: this.now }
    const action: Action = { id, digest: id, by, via: 'app', ...when, act }
    const decision = decide(this.state, action, this.world())
    if (decision.kind === 'refused') {
      this.listener.refused(decision.refusal)
      return decision.refusal
    }
    this.take(decision)
    return null
  }
  private take(decision: Decision): void {
    if (decision.kind !== 'events') throw new Error(`the country lacks what a case needs: ${JSON.stringify(decision)}`)
    this.state = decision.state
    this.listener.heard(decision.entries)
    for (const { at, event } of decision.entries) {
      if (event.kind !== 'step_opened') continue
      const when = actsAt(this.dice, this.ground.assumed, at, event.clocks)
      if (when !== null) this.plans.set(event.item, Math.max(when, this.now))
    }
  }
  private nextPlan(): { item: ItemId; at: Instant } | null {
    let next: { item: ItemId; at: Instant } | null = null
    for (const [item, at] of this.plans) if (!next || at < next.at) next = { item, at }
    return next
  }
  private nextEvent(after: Instant): { procedure: string; at: Instant } {
    const { events } = this.ground.assumed
    const aYear = Object.values(events).reduce((sum, one) => sum + one, 0) / 100
    if (aYear === 0) return { procedure: '', at: Infinity }
    return { procedure: weighed(this.dice, events), at: inHours(after + this.dice.wait((365 / aYear) * DAY)) }
  }
  private hand(): Hand {
    const { assumed, partners } = this.ground
    return { dice: this.dice, assumed, now: this.now, home: this.home, partners }
  }
  private world(): World {
    const { settings, shelf, published } = this.ground
    return { now: this.now, settings, shelf, published }
  }
}
