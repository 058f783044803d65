/** The rows that lists are served from, computed from the state: the overview equals the live state by construction. */

import type { CaseRow, Overview, OverviewChange, RunRow, StepRow } from './batch.ts'
import { CLOCK_KINDS } from './events.ts'
import { canonicalJson } from './canonical.ts'
import { itemId } from './item.ts'
import { toldRoles } from './who-may.ts'
import type { CaseState, Clock, Run, StepState } from './state.ts'
import { nextWake } from './wake.ts'
import { hiddenUser } from './field-value.ts'
import type { World } from './world.ts'

export function overviewOf(state: CaseState, world: Pick<World, 'settings'>): Overview {
  const overview: Overview = { case: caseRow(state, world), steps: {}, runs: {} }
  for (const [runId, run] of Object.entries(state.runs)) {
    overview.runs[runId] = runRow(runId, run)
    if (run.status !== 'open') continue
    for (const [id, step] of Object.entries(run.steps)) {
      if (step.status !== 'open' && step.status !== 'waiting') continue
      const row = stepRow(state, runId, run, id, step)
      overview.steps[row.item] = row
    }
  }
  return overview
}

function caseRow(state: CaseState, world: Pick<World, 'settings'>): CaseRow {
  const text = (fact: string): string | null => {
    const value = state.facts[fact]
    return typeof value === 'string' ? value : null
  }
  return {
    number: state.number,
    subject: state.subject,
    status: state.status === 'closed' ? 'closed' : 'open',
    stage: state.stage,
    opened: state.opened,
    closed: state.closed?.at ?? null,
    closedReason: state.closed?.reason ?? null,
    home: text('home'),
    centre: text('centre'),
    caseManager: text('case_manager'),
    mergedInto: text('merged_into') === '' ? null : text('merged_into'),
    nextWake: nextWake(state, world),
    settingsVersion: state.settingsVersion,
    engine: state.engine,
  }
}

function runRow(runId: string, run: Run): RunRow {
  const { id, version, hash } = run.procedure
  const { status, begun, visibleTo } = run
  return { run: runId, procedure: id, version, hash, status, begun, visibleTo, hiddenFrom: hiddenUser(run) }
}

function stepRow(state: CaseState, runId: string, run: Run, id: string, step: StepState): StepRow {
  const item = itemId(runId, id, step.round)
  const roles = step.roles ?? []
  const clock = spokenClock(state.clocks, item)
  const rung = clock?.[1].marks.find((mark) => mark.kind === 'rung')
  return {
    item,
    run: runId,
    procedure: run.procedure.id,
    version: run.procedure.version,
    step: id,
    round: step.round,
    kind: step.type ?? 'task',
    stage: step.stage ?? run.stage,
    state: (clock?.[1].heldBy.length ?? 0) > 0 ? 'held' : step.status === 'waiting' ? 'waiting' : 'open',
    roles: roles.flatMap((one) => ('role' in one ? [one.role] : 'partner' in one ? ['case_manager'] : [])),
    users: roles.flatMap((one) => ('user' in one ? [one.user] : [])),
    partner: roles.flatMap((one) => ('partner' in one ? [one.partner] : []))[0] ?? null,
    told: [...new Set(toldRoles(state, item))],
    place: step.place ?? null,
    owner: step.owner ?? null,
    visibleTo: run.visibleTo,
    openedAt: step.openedAt ?? run.begun,
    clock: clock?.[0] ?? null,
    clockKind: clock?.[1].kind ?? null,
    clockUnit: clock?.[1].unit ?? null,
    dueAt: clock?.[1].target ?? null,
    breached: clock?.[1].status === 'breached',
    nextRungAt: rung?.at ?? null,
    nextRungRole: rung?.role ?? null,
    fired: clock?.[1].fired.length ?? 0,
  }
}

/** The clock that a list shows: `due` speaks first, then `lapses`, then the day a step opens. */
export function spokenClock(clocks: Record<string, Clock>, item: string): [string, Clock] | undefined {
  for (const kind of CLOCK_KINDS) {
    const clock = clocks[`${item}.${kind}`]
    if (clock) return [`${item}.${kind}`, clock]
  }
  return undefined
}

export function changesBetween(before: Overview | null, after: Overview): OverviewChange {
  const same = (a: unknown, b: unknown): boolean => a !== undefined && canonicalJson(a) === canonicalJson(b)
  return {
    whole: false,
    case: same(before?.case, after.case) ? null : after.case,
    steps: Object.values(after.steps).filter((row) => !same(before?.steps[row.item], row)),
    goneSteps: Object.keys(before?.steps ?? {}).filter((item) => !(item in after.steps)),
    runs: Object.values(after.runs).filter((row) => !same(before?.runs[row.run], row)),
  }
}
