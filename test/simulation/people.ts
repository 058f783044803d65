/** People at their desks: they see what is recorded, act now and then, send again what was not answered, and meet. */

import type { Action } from '../../cases/actions.ts'
import type { Refusal } from '../../cases/refusals.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { Chance, type Move } from '../cases/chance.ts'
import { Life } from '../cases/life.ts'
import type { Dice } from '../../simulation/dice.ts'
import type { CaseRecord } from './record.ts'

/** A life that is not decided here: what is tried is sent. */
export class Desk extends Life {
  private readonly chance: Chance
  private readonly send: (action: Action) => void
  private readonly dice: Dice

  constructor(procedures: CompiledProcedure[], settings: Settings, dice: Dice, send: (action: Action) => void) {
    super(procedures, settings)
    this.chance = new Chance(this, procedures)
    this.send = send
    this.dice = dice
  }
  override tries(action: Action): Refusal | null {
    this.send(action)
    return null
  }
  sees(record: CaseRecord, business: number, settings: Settings): void {
    this.state = record.state
    this.now = business
    this.settings = settings
  }

  /** `twice`: somebody else does the same at once. */
  moves(twice: boolean): void {
    const move = this.chosen()
    this.chance.make(move)
    if (twice && move.kind === 'end') this.chance.make({ ...move, user: move.user + 1, outcome: move.outcome + 1 })
  }
  /** Something done before, under its own id. */
  echoes(): void {
    const { done } = this.chance
    const known = done[done.length - 1 - this.dice.upTo(Math.min(150, done.length))]
    if (known) this.send(known)
  }

  private chosen(): Move {
    const { dice } = this
    const at = dice.upTo(1_000)
    const days = dice.between(5, 60)
    const chosen = dice.next()
    if (chosen < 0.72) return { kind: 'end', at, outcome: dice.upTo(1_000), user: dice.upTo(4), yes: dice.happens(0.5) }
    if (chosen < 0.78) return { kind: 'late', at, outcome: dice.upTo(1_000), days: dice.upTo(9) }
    if (chosen < 0.8) return { kind: 'wrong', at }
    if (chosen < 0.83) return { kind: 'suspend', days }
    if (chosen < 0.87) return { kind: 'resume', days }
    if (chosen < 0.9) return { kind: 'consent', days }
    if (chosen < 0.92) return { kind: 'correct', days }
    if (chosen < 0.96) return { kind: 'extend', at, n: dice.between(1, 40) }
    return { kind: dice.happens(0.7) ? 'begin' : 'reopen', at }
  }
}
