/** The live state of one case: time first, then what is asked; every change is handed to the recorder. */

import type { Action } from '../cases/actions.ts'
import { openingActionId } from '../cases/arrival-row.ts'
import { decide } from '../cases/decide.ts'
import type { Entry } from '../cases/events.ts'
import { newCase } from '../cases/evolve/index.ts'
import type { Refusal } from '../cases/refusals.ts'
import { revive } from '../cases/revive.ts'
import type { CaseState } from '../cases/state.ts'
import { takeEngine } from '../cases/take-engine.ts'
import { takeSettings } from '../cases/take-settings.ts'
import { nextWake, wake } from '../cases/wake.ts'
import type { Decision, LookUp, World } from '../cases/world.ts'
import type { CompiledProcedure } from '../procedures/language/compiled.ts'
import type { Settings } from '../procedures/language/settings.ts'
import type { CaseInput } from './messages.ts'
import { oneCopy } from './one-copy.ts'

export type Published = Record<string, string>
type LookUpProcedures = (ids: string[]) => Promise<CompiledProcedure[]>
export type Outcome = { kind: 'done'; fromSeq: number; toSeq: number } | { kind: 'refused'; refusal: Refusal }

/** `timely`: decided by `wake` alone, from instants that no clock on the wall can change. */
export type Commit = (state: CaseState, entries: Entry[], timely: boolean) => void

export class LiveCase {
  state: CaseState
  settings: Settings
  readonly shelf: Record<string, CompiledProcedure>
  private readonly lookUpProcedures: LookUpProcedures
  private readonly commit: Commit

  constructor(input: CaseInput, lookUpProcedures: LookUpProcedures, commit: Commit) {
    this.state = input.state ?? { ...newCase(input.caseId), engine: input.engine, incarnation: input.incarnation }
    this.settings = input.settings
    // In place: the input lives as long as the run.
    for (const [hash, procedure] of Object.entries(input.shelf)) input.shelf[hash] = oneCopy(procedure)
    this.shelf = { ...input.shelf }
    this.lookUpProcedures = lookUpProcedures
    this.commit = commit
  }

  /** Business time: the workflow's own clock plus the installation's offset. */
  now(): number {
    return Date.now() + this.settings.offsetMs
  }
  wakeAt(): number | null {
    return nextWake(this.state, { settings: this.settings })
  }

  /** Whether an act was taken, or is one of those by which this arrival opens the cases of its rows. */
  knows(action: string): boolean {
    const { actions, rows } = this.state
    return actions[action] !== undefined || Object.values(rows).some((row) => openingActionId(row.caseId) === action)
  }

  /** Says that this incarnation writes from now on, unless the state is its own already. */
  revive(incarnation: number): void {
    if (this.state.incarnation < incarnation) this.take(revive(this.state, this.world({}), incarnation), false)
  }

  /** Synchronous dry run for the validator: a look-up that is still needed counts as acceptable. */
  refusalOf(action: Action): Refusal | null {
    const time = wake(this.state, this.world({}))
    if (time.kind !== 'events') return null
    const decision = decide(time.state, action, this.world({}))
    return decision.kind === 'refused' ? decision.refusal : null
  }

  async perform(action: Action): Promise<Outcome> {
    const known = this.state.actions[action.id]
    if (known && known.digest === action.digest) return { kind: 'done', fromSeq: known.from, toSeq: known.seq }
    const refusal = await this.settled((world) => decide(this.state, action, world))
    if (refusal) return { kind: 'refused', refusal }
    const taken = this.state.actions[action.id]
    await this.passTime()
    return { kind: 'done', fromSeq: taken?.from ?? 0, toSeq: taken?.seq ?? 0 }
  }

  async passTime(): Promise<void> {
    await this.settled(() => ({ kind: 'events', entries: [], state: this.state }))
  }

  async takeSettings(settings: Settings): Promise<void> {
    if (settings.version <= this.state.settingsVersion) return
    await this.passTime()
    this.settings = settings
    await this.settled((world) => takeSettings(this.state, world))
    await this.passTime()
  }

  /** What is due is done as the old engine does it. */
  async takeEngine(engine: number): Promise<void> {
    await this.settled((world) => takeEngine(this.state, engine, world))
  }

  /** Applies what time has done, then one decision, looking up what either wants; decides again after each wait. */
  private async settled(decision: (world: World) => Decision): Promise<Refusal | null> {
    const published: Published = {}
    for (;;) {
      const time = wake(this.state, this.world(published))
      const next = this.take(time, true) ? decision(this.world(published)) : time
      switch (next.kind) {
        case 'events':
          this.take(next, false)
          return null
        case 'refused':
          return next.refusal
        case 'look_up':
          await this.fetch(next.wanted, published)
      }
    }
  }

  private world(published: Published): World {
    return { now: this.now(), settings: this.settings, shelf: this.shelf, published }
  }

  /** False while something has to be looked up. */
  private take(decision: Decision, timely: boolean): boolean {
    if (decision.kind !== 'events') return false
    this.state = decision.state
    if (decision.entries.length > 0) this.commit(decision.state, decision.entries, timely)
    return true
  }

  private async fetch(wanted: LookUp, published: Published): Promise<void> {
    for (const procedure of await this.lookUpProcedures(wanted.procedures)) {
      this.shelf[procedure.hash] = oneCopy(procedure)
      published[procedure.id] = procedure.hash
    }
  }
}
