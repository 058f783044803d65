/** What must be true after every step, of the ledger, of what lists show, and of the live state. Throws `Violation`. */

import { canonicalJson } from '../../cases/canonical.ts'
import type { Entry } from '../../cases/events.ts'
import { evolve, newCase } from '../../cases/evolve/index.ts'
import { liveItems } from '../../cases/progress/draft.ts'
import type { CaseState } from '../../cases/state.ts'
import { nextWake } from '../../cases/wake.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { CaseInput, LiveCase } from '../../workflows/messages.ts'
import { bytesOf, type CaseRecord } from './record.ts'
import { Violation } from './violation.ts'

const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b)

const MOST_STATE = 256 * 1024
/** About 16 kB is meant; 24 entries have come to 21. */
const MOST_BATCH = 32 * 1024

export class Laws {
  private readonly record: CaseRecord
  private readonly settings: () => Settings
  private read = 0
  private compared = 0
  private before: CaseState
  private readonly taken = new Set<string>()
  private readonly rungs = new Set<string>()
  private readonly consents = new Map<string, string>()

  /** The largest state that a run has handed on, in bytes. */
  carried = 0
  /** How often each law was asked. */
  readonly asked: Record<string, number> = {}

  constructor(record: CaseRecord, settings: () => Settings) {
    this.record = record
    this.settings = settings
    this.before = newCase(record.state.id)
  }

  /** What a run hands on to the next. */
  carries({ state }: CaseInput): void {
    this.carried = Math.max(this.carried, bytesOf(state))
    this.holds('budget', this.carried <= MOST_STATE, `a state of ${this.carried} bytes was handed on`)
  }

  /** Whatever was written since the last look. */
  ledger(): void {
    this.holds('budget', this.record.largest <= MOST_BATCH, `a batch of ${this.record.largest} bytes`)
    this.holds('I11', this.record.stopped === null, `the recorder answered ${this.record.stopped}`)
    if (this.read === this.record.entries.length) return
    for (; this.read < this.record.entries.length; this.read += 1) {
      const entry = this.record.entries[this.read]!
      this.entry(entry)
      this.before = evolve(this.before, entry)
    }
    this.standing()
  }

  private entry(entry: Entry): void {
    const { event, action } = entry
    switch (event.kind) {
      case 'action_taken': {
        this.holds('I3', !this.taken.has(action ?? ''), `${event.act} was applied twice`)
        this.taken.add(action ?? '')
        const due = nextWake(this.before, { settings: this.settings() })
        this.holds('time first', due === null || due > entry.recorded, `${event.act} came before what was due`)
        return
      }
      case 'case_closed':
        return this.holds('I2', entry.by.kind === 'user', 'silence closed the case')
      case 'rung_fired': {
        const key = `${event.clock}/${event.mark}/${event.to}`
        this.holds('I6', !this.rungs.has(key), `rung ${event.mark} fired twice`)
        this.rungs.add(key)
        return
      }
      case 'consent_recorded':
        this.consents.set(event.consent.id, event.consent.state)
        return
      case 'consent_withdrawn':
      case 'consent_ended':
        this.consents.set(event.consent, 'over')
        return
      case 'step_ended': {
        const shares = event.how === 'act' && event.item.includes('.sending.')
        const live = [...this.consents.values()].some((state) => state === 'given' || state === 'override')
        return this.holds('I10', !shares || live, 'shared without a consent')
      }
      default:
    }
  }

  /** I1 and I9, and one mail a rung at most. */
  private standing(): void {
    const { state, outbox } = this.record
    const live = liveItems(state)
    const clocks = Object.values(state.clocks)
    if (state.status === 'closed') return this.holds('I9', live.length + clocks.length === 0, 'a closed case has work')
    this.holds('I1', live.length > 0, 'nothing is open')
    this.holds(
      'I1',
      clocks.some((one) => one.heldBy.length === 0 && one.marks.length > 0),
      'no clock will speak',
    )
    const owned = live.every(({ step }) => step.status !== 'open' || (step.roles?.length ?? 0) > 0)
    this.holds('I1', owned, 'a step has no owner')
    const told = [...outbox.values()].filter((row) => row.rung !== null).length
    this.holds('I6', told === this.rungs.size, `${this.rungs.size} rungs, ${told} mails`)
  }

  /** Whether something was written since live state and ledger were last compared. */
  get news(): boolean {
    return this.compared < this.record.entries.length
  }
  /** I5: the ledger's fold, the live state and the rows agree. */
  agrees({ state, overview, inFlight, stopped }: LiveCase): void {
    this.holds('I11', stopped === null, `the case stopped: ${stopped}`)
    if (inFlight > 0 || state.seq === 0) return
    this.compared = this.read
    this.holds('I5', same(state, this.record.state), 'the fold of the ledger is another state')
    const { row, runs, steps } = this.record
    const shown = [row, Object.fromEntries(runs), Object.fromEntries(steps)]
    this.holds('I5', same([overview.case, overview.runs, overview.steps], shown), 'lists show another case')
  }

  /** I3: what was answered stands in the ledger, once, with the same numbers every time. */
  answered(action: string, { fromSeq, toSeq }: { fromSeq: number; toSeq: number }): void {
    const { entries, receipts, head } = this.record
    const first = entries[fromSeq - 1]
    this.holds(
      'I3',
      first?.action === action && first.event.kind === 'action_taken',
      'an answered act is not in the ledger',
    )
    this.holds('I3', head.seq >= toSeq, 'an act was answered before it was recorded')
    const kept = receipts.get(action)
    this.holds('I3', kept?.fromSeq === fromSeq && kept.toSeq === toSeq, 'an act has two receipts')
  }

  /** I12, looked at when nothing is on its way. */
  awake(business: number, grace: number): void {
    const { state } = this.record
    const due = nextWake(state, { settings: this.settings() })
    this.holds('I12', due === null || due + grace > business, 'a case sleeps past its next wake')
  }

  private holds(law: string, held: boolean, message: string): void {
    this.asked[law] = (this.asked[law] ?? 0) + 1
    if (!held) throw new Violation(law, message)
  }
}
