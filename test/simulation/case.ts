/** One case of the simulation: its server, its database, its people, and what each of them may expect. */

import type { Action } from '../../cases/actions.ts'
import type { RecordBatch } from '../../cases/batch.ts'
import { FIRST_HASH } from '../../cases/chain.ts'
import { NEWEST_ENGINE } from '../../cases/engines.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { ActAnswer, CaseInput } from '../../workflows/messages.ts'
import { hold } from '../cases/life.ts'
import { Dice } from '../../simulation/dice.ts'
import { Faults } from './faults.ts'
import { Laws } from './laws.ts'
import { Desk } from './people.ts'
import { CaseRecord } from './record.ts'
import type { Answer } from './runtime.ts'
import type { Schedule } from './schedule.ts'
import { CaseServer } from './server.ts'
import type { Country, Plan } from './simulate.ts'
import { Violation } from './violation.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const KEY = 'ab'.repeat(32)
const SPREAD = 10 * MINUTE
/** A case may wait for a worker so long, then for its task and its recorder. */
const GRACE = SPREAD + 8 * HOUR

export class CaseInSimulation {
  readonly index: number
  readonly record: CaseRecord
  readonly faults: Faults
  acts = 0
  answered = 0
  private server: CaseServer | null = null
  private openedAt: number | null = null
  private readonly dice: Dice
  readonly laws: Laws
  private readonly desk: Desk
  private readonly country: Country
  private readonly plan: Plan
  private readonly schedule: Schedule
  private readonly settings: () => Settings
  private readonly calm: () => boolean

  constructor(
    index: number,
    country: Country,
    plan: Plan,
    schedule: Schedule,
    settings: () => Settings,
    calm: () => boolean,
  ) {
    const seed = plan.seed * 7_919 + index * 104_729
    this.index = index
    this.country = country
    this.plan = plan
    this.schedule = schedule
    this.settings = settings
    this.calm = calm
    this.dice = new Dice(seed)
    this.faults = new Faults(new Dice(seed + 1), () => (calm() ? 0 : (plan.more ?? 1)), plan.spared ?? new Set())
    this.record = new CaseRecord(`case-${index}`, KEY)
    this.laws = new Laws(this.record, settings)
    this.desk = new Desk(country.procedures, settings(), new Dice(seed + 2), (action) => this.sends(action))
  }
  get runs(): number {
    return this.server?.runs ?? 0
  }
  /** Since it was opened. */
  get lived(): number {
    return this.openedAt === null ? 0 : this.schedule.now - this.openedAt
  }

  begins(): void {
    this.later(this.dice.wait(10 * DAY), () => this.opens())
  }
  /** Told of new settings until they are recorded. */
  hears(): void {
    this.later(this.dice.between(SECOND, 2 * HOUR), () => {
      const settings = this.settings()
      const { row } = this.record
      if (!row || row.status !== 'open' || row.settingsVersion >= settings.version) return
      this.server?.signal('settings', settings)
      if (this.faults.strikes('signal_twice')) this.server?.signal('settings', settings)
      this.hears()
    })
  }
  /** Once nothing is on its way any more. */
  ends(): void {
    this.lawful(() => {
      if (!this.server) return
      if (!this.server.quiet) throw new Violation('I3', 'something that was begun has not come to its end')
      this.laws.ledger()
      const live = this.server.live()
      if (live) this.laws.agrees(live)
    })
  }

  private opens(): void {
    if (this.calm()) return
    const settings = this.settings()
    const { dice, schedule, faults, plan } = this
    const input: CaseInput = {
      caseId: this.record.state.id,
      engine: dice.happens(0.5) ? 1 : NEWEST_ENGINE,
      incarnation: 1,
      commitmentKey: KEY,
      settings,
      state: null,
      head: { seq: 0, hash: FIRST_HASH },
      shelf: {},
      spreadMs: dice.happens(0.5) ? SPREAD : 0,
      maxHistory: dice.between(20, 250),
    }
    this.openedAt = schedule.now
    this.server = new CaseServer(
      {
        schedule,
        dice,
        faults,
        perform: (name, content) => this.performs(name, content),
        after: (server) => this.looks(server),
        broken: (error) => this.located(error),
        carried: (next) => {
          this.lawful(() => this.laws.carries(next))
          return plan.bug === 'id_forgotten_at_a_new_run' ? forgetful(next) : next
        },
        recordsInTask: plan.bug === 'recorded_within_the_task',
      },
      input,
    )
    this.desk.sees(this.record, this.business(), settings)
    const opening = this.desk.action('desk', hold('registration_agent'), {
      act: 'open_case',
      subject: 'case',
      number: `n-${this.index}`,
      procedure: this.country.procedures[0]?.id ?? '',
      place: 'senou',
      answers: { arrived_on: day(this.business()), centre: 'senou', unaccompanied: dice.happens(0.2) },
      personal: { name: 'digest' },
      absent: {},
    })
    this.sends(opening)
    this.hears()
    this.later(dice.wait(2 * DAY), () => this.lives())
    this.later(DAY, () => this.patrol())
  }
  private lives(): void {
    if (this.calm()) return
    this.later(this.dice.wait(3 * DAY), () => this.lives())
    if (this.dice.happens(0.02)) this.server?.signal('settle', { engine: NEWEST_ENGINE })
    if (this.record.state.status !== 'open') return
    if (this.faults.strikes('echo')) return this.desk.echoes()
    const due = this.record.row?.nextWake ?? null
    const wait = due === null || !this.faults.strikes('just_due') ? 0 : due - this.business() + this.dice.upTo(SECOND)
    this.later(wait, () => {
      this.desk.sees(this.record, this.business(), this.settings())
      this.desk.moves(this.faults.strikes('at_once'))
    })
  }
  private sends(action: Action, tries = 1): void {
    if (tries === 1) {
      this.acts += 1
      if (this.plan.stilled?.has(this.acts) === true) return
    }
    let answered = false
    const now = this.schedule.now
    const asked = { ...action, received: this.business(), notAfter: now + MINUTE }
    this.server?.update(action.id, asked, (answer) => {
      if (answered || this.faults.strikes('answer_lost')) return
      answered = true
      this.lawful(() => this.told(action.id, answer))
    })
    if (tries < 8)
      this.later(tries * 10 * SECOND, () => {
        if (!answered) this.sends(action, tries + 1)
      })
  }
  private told(action: string, answer: Answer): void {
    if (answer.kind === 'value') {
      this.answered += 1
      return this.laws.answered(action, answer.value as ActAnswer)
    }
    if (answer.type === 'record_stopped') throw new Violation('I11', 'the case stopped recording')
    if (answer.type === 'ended' && this.record.state.status === 'open')
      throw new Violation('I3', 'an act met the end of a run while its case was open')
  }

  private performs(name: string, content: unknown): unknown {
    if (name === 'lookUpProcedures')
      return this.country.procedures.filter((one) => (content as string[]).includes(one.id))
    const answer = this.record.record(content as RecordBatch)
    this.lawful(() => this.laws.ledger())
    return answer
  }
  private looks(server: CaseServer): void {
    this.lawful(() => {
      this.laws.ledger()
      const live = server.quiet && this.laws.news ? server.live() : null
      if (live) this.laws.agrees(live)
    })
  }
  private patrol(): void {
    const { server } = this
    if (!server || server.ended) return
    this.later(DAY, () => this.patrol())
    const { row } = this.record
    // A case that has not heard of the newest date yet lives in its own.
    if (server.quiet && row?.settingsVersion === this.settings().version) this.laws.awake(this.business(), GRACE)
  }

  private business(): number {
    return this.schedule.now + this.settings().offsetMs
  }
  private later(ms: number, run: () => void): void {
    this.schedule.in(ms, () => this.lawful(run))
  }
  private lawful(run: () => void): void {
    try {
      run()
    } catch (error) {
      throw this.located(error)
    }
  }
  private located(error: unknown): Violation {
    const violation = error instanceof Violation ? error : new Violation('no task fails', String(error))
    violation.case ??= this.index
    return violation
  }
}

const day = (instant: number): string => new Date(instant).toISOString().slice(0, 10)

/** The newest act is not carried into the next run. */
function forgetful(next: CaseInput): CaseInput {
  if (!next.state) return next
  const actions = Object.fromEntries(Object.entries(next.state.actions).slice(0, -1))
  return { ...next, state: { ...next.state, actions } }
}
