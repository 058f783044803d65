/** Counts what one life tells, into a tally that many share. */

import { dayOf } from '../cases/clocks/civil.ts'
import type { By, Entry, ItemId } from '../cases/events.ts'
import { parseItem } from '../cases/item.ts'
import { liveItems } from '../cases/progress/draft.ts'
import { spokenClock } from '../cases/overview.ts'
import type { Refusal } from '../cases/refusals.ts'
import type { CaseState } from '../cases/state.ts'
import type { Instant } from '../cases/time.ts'
import type { StageId } from '../procedures/language/compiled.ts'
import type { Listener } from './life.ts'
import type { RoleTally, RunTally, StepTally, Tally } from './tally.ts'

const DAY = 86_400_000

export class Counting implements Listener {
  private readonly tally: Tally
  private arrived: Instant = 0
  /** Open items → since when. */
  private readonly open = new Map<ItemId, Instant>()
  private readonly procedures = new Map<string, string>()
  private readonly stages = new Set<StageId>()

  constructor(tally: Tally) {
    this.tally = tally
  }

  heard(entries: Entry[]): void {
    for (const entry of entries) this.counts(entry)
  }
  refused(refusal: Refusal): void {
    const { refusals } = this.tally
    const what = refusal.code === 'gate_closed' ? refusal.gates.map(({ gate }) => `gate ${gate}`) : [refusal.code]
    for (const one of what) refusals[one] = (refusals[one] ?? 0) + 1
  }

  /** What is left open when the case, or the simulation, has ended. */
  ends(state: CaseState, at: Instant): void {
    const { tally } = this
    const ended = state.closed?.at ?? at
    tally.cases += 1
    tally[state.status === 'closed' ? 'closed' : 'open'] += 1
    tally.caseMs += Math.max(0, ended - this.arrived)
    for (const run of Object.values(state.runs)) if (run.status === 'open') this.run(run.procedure.id).open += 1
    for (const { item, step } of liveItems(state)) {
      if (step.status !== 'open') continue
      const clock = spokenClock(state.clocks, item)?.[1]
      const one = this.leaves(item, at)
      one.open += 1
      if (clock && clock.heldBy.length > 0) one.held += 1
      if (clock?.status === 'breached') one.late += 1
    }
  }

  private counts({ at, by, event }: Entry): void {
    const { tally } = this
    tally.entries += 1
    switch (event.kind) {
      case 'action_taken':
        tally.acts += 1
        return this.works(by, at)
      case 'case_opened':
        this.arrived = at
        return
      case 'run_begun':
        this.procedures.set(event.run, event.procedure.id)
        this.run(event.procedure.id).begun += 1
        return
      case 'run_completed':
        this.run(this.procedures.get(event.run) ?? '').completed += 1
        return this.takesBack(at, (item) => item.startsWith(`${event.run}.`))
      case 'run_stopped':
        this.run(this.procedures.get(event.run) ?? '').stopped += 1
        return this.takesBack(at, (item) => item.startsWith(`${event.run}.`))
      case 'step_opened':
        this.open.set(event.item, at)
        this.step(event.item).opened += 1
        return this.reaches(event.stage, at)
      case 'step_ended': {
        if (!this.open.has(event.item)) return
        const one = this.leaves(event.item, at)
        one[event.how === 'lapse' ? 'lapsed' : 'ended'] += 1
        return
      }
      case 'step_off_path':
      case 'step_not_needed':
        return this.takesBack(at, (item) => item === event.item)
      case 'sent_back':
      case 'step_reopened': {
        const run = parseItem(event.item)?.run
        return this.takesBack(at, (item) => {
          const parts = parseItem(item)
          return parts?.run === run && event.steps.includes(parts?.step ?? '')
        })
      }
      case 'clock_breached':
        this.step(event.clock.slice(0, event.clock.lastIndexOf('.'))).breached += 1
        return
      case 'rung_fired':
        tally.rungs[event.rung] += 1
        this.role(event.to)[event.rung] += 1
        return
      case 'case_closed':
        tally.closings[event.reason] = (tally.closings[event.reason] ?? 0) + 1
        return this.takesBack(at, () => true)
      default:
        return
    }
  }

  private works(by: By, at: Instant): void {
    if (by.kind === 'time') return
    const role = this.role(by.kind === 'user' ? by.role : 'partner')
    const day = dayOf(at)
    role.acts += 1
    role.days[day] = (role.days[day] ?? 0) + 1
  }
  private reaches(stage: StageId, at: Instant): void {
    if (this.stages.has(stage)) return
    this.stages.add(stage)
    const one = (this.tally.stages[stage] ??= { reached: 0, days: {} })
    const after = Math.floor((at - this.arrived) / DAY)
    one.reached += 1
    one.days[after] = (one.days[after] ?? 0) + 1
  }
  private takesBack(at: Instant, which: (item: ItemId) => boolean): void {
    for (const item of this.open.keys()) if (which(item)) this.leaves(item, at).takenBack += 1
  }
  /** It waits no longer. */
  private leaves(item: ItemId, at: Instant): StepTally {
    const one = this.step(item)
    one.waitedMs += Math.max(0, at - (this.open.get(item) ?? at))
    this.open.delete(item)
    return one
  }
  private step(item: ItemId): StepTally {
    const parts = parseItem(item)
    const path = `${this.procedures.get(parts?.run ?? '') ?? ''}.${parts?.step ?? ''}`
    return (this.tally.steps[path] ??= {
      opened: 0,
      ended: 0,
      lapsed: 0,
      takenBack: 0,
      open: 0,
      held: 0,
      late: 0,
      breached: 0,
      waitedMs: 0,
    })
  }
  private run(procedure: string): RunTally {
    return (this.tally.runs[procedure] ??= { begun: 0, completed: 0, stopped: 0, open: 0 })
  }
  private role(to: string): RoleTally {
    const name = to.startsWith('partner:') ? 'partner' : to.startsWith('user:') ? 'assigned' : to
    return (this.tally.roles[name] ??= { acts: 0, reminder: 0, due: 0, escalation: 0, days: {} })
  }
}
