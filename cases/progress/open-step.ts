/** A step whose `after` came true: not needed, waiting for its day, or open with its owner and clocks. */

import type { PlaceRef, RoleRef, WorkStep } from '../../procedures/language/compiled.ts'
import { firstMatch, holds, namesLater, type Names, type NamesLater } from '../conditions.ts'
import type { ResolvedRole } from '../events.ts'
import { fieldValue, hiddenUser } from '../field-value.ts'
import { itemId } from '../item.ts'
import { covers, root } from '../places.ts'
import { standInFor } from '../stand-in.ts'
import type { CaseState, Run } from '../state.ts'
import { disclose } from './consent.ts'
import { type Draft, emit, liveItems, runOf, type Work, workOf } from './draft.ts'
import { replan } from './replan.ts'
import { clocksOf, type Opening, opensClock } from './start-clocks.ts'

export function askStep(draft: Draft, runId: string, rule: WorkStep): void {
  const place = runOf(draft.state, draft.world, runId)
  const step = place?.run.steps[rule.id]
  if (!place || !step) return
  const names = namesLater(draft.state, draft.world.settings, place.run, runId)
  const round = step.round + 1
  const item = itemId(runId, rule.id, round)
  if (!step.within && !holds(rule.when, names)) return emit(draft, { kind: 'step_not_needed', item })
  const where = placeOf(rule.at, draft.state, place.run, draft)
  const { run, procedure } = place
  const opening: Opening = { runId, run, procedure, rule, step, item, round, names, place: where }
  const opens = opensClock(draft, opening)
  const target = opens?.marks[0]
  if (opens && target && target.at > draft.at) return emit(draft, { kind: 'step_waiting', item, clock: opens })
  openStep(draft, opening)
}

/** A waiting step whose day has come. */
export function openWaiting(draft: Draft, work: Work): void {
  const names = namesLater(draft.state, draft.world.settings, work.run, work.runId)
  const place = placeOf(work.rule.at, draft.state, work.run, draft)
  openStep(draft, { ...work, names, place })
}

/** A place fact has changed: open steps go to whoever does them there, and their clocks by the days worked there. */
export function moveSteps(draft: Draft, fact: string): void {
  for (const { item } of liveItems(draft.state)) {
    const work = workOf(draft.state, draft.world, item)
    if (work?.step.status !== 'open' || !('fact' in work.rule.at) || work.rule.at.fact !== fact) continue
    const place = placeOf(work.rule.at, draft.state, work.run, draft)
    if (place === null || place === work.step.place) continue
    const names = namesLater(draft.state, draft.world.settings, work.run, work.runId)
    const roles = present(rolesOf(work.rule, names, work.run), draft.state, work.run)
    emit(draft, { kind: 'step_moved', item, place, roles, owner: ownerOf(roles, draft.state, work.run) })
  }
  replan(draft, 'calendar')
}

function openStep(draft: Draft, opening: Opening): void {
  const { rule, run, item } = opening
  const roles = present(rolesOf(rule, opening.names, run), draft.state, run)
  emit(draft, {
    kind: 'step_opened',
    item,
    stage: rule.stage,
    type: rule.kind,
    roles,
    place: opening.place,
    owner: ownerOf(roles, draft.state, run),
    tags: rule.tags,
    clocks: clocksOf(draft, opening, roles),
  })
  askPartner(draft, opening, roles)
}

/** A partner is asked under a consent that lives at that moment, or is not asked at all. */
function askPartner(draft: Draft, { rule, run, item, place }: Opening, roles: ResolvedRole[]): void {
  for (const one of roles) {
    if (!('partner' in one) || !rule.discloses || !disclose(draft, rule.discloses, run, item)) continue
    emit(draft, { kind: 'notice_given', item, to: `partner:${one.partner}`, place, notice: 'assigned' })
  }
}

/** What opens for somebody whose work was handed over goes to whoever stands in; what is restricted never does. */
function present(roles: ResolvedRole[], state: CaseState, run: Run): ResolvedRole[] {
  if (run.visibleTo !== null) return roles
  return roles.map((one) => ('user' in one ? { user: standInFor(state, one.user) } : one))
}

export function rolesOf(rule: WorkStep, names: Names | NamesLater, run: Run): ResolvedRole[] {
  const refs = firstMatch(rule.role, names) ?? rule.role.at(-1)?.then ?? []
  return refs.map((ref) => resolveRole(ref, run)).filter((one) => one !== null)
}

function resolveRole(ref: RoleRef, run: Run): ResolvedRole | null {
  if ('role' in ref) return { role: ref.role }
  const value = fieldValue(ref.field, run)
  if (typeof value !== 'string') return null
  return ref.type === 'partner' ? { partner: value } : { user: value }
}

/** The case manager owns their own steps and those that a partner acts on. */
function ownerOf(roles: ResolvedRole[], state: CaseState, run: Run): string | null {
  const manager = state.facts['case_manager']
  for (const one of roles) if ('user' in one) return one.user
  if (manager === hiddenUser(run)) return null
  const managed = roles.some((one) => 'partner' in one || ('role' in one && one.role === 'case_manager'))
  return managed && typeof manager === 'string' ? manager : null
}

function placeOf(at: PlaceRef, state: CaseState, run: Run, draft: Draft): string | null {
  const { places } = draft.world.settings
  const country = root(places)
  if ('place' in at) return at.place
  const value = 'fact' in at ? state.facts[at.fact] : fieldValue(at.field, run)
  if (typeof value === 'string' && covers(country ?? '', value, places)) return value
  const known = state.facts['home'] ?? state.facts['centre']
  return typeof known === 'string' ? known : country
}
