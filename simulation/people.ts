/** What somebody asks of a case: its opening, the end of a step that waits, or a procedure that begins. */

import type { Act, Principal } from '../cases/actions.ts'
import { basisOf } from '../cases/basis.ts'
import { holds, namesLater } from '../cases/conditions.ts'
import { caseNumber } from '../cases/number.ts'
import { type Work, workOf } from '../cases/progress/draft.ts'
import type { CaseState } from '../cases/state.ts'
import { view } from '../cases/view.ts'
import type { World } from '../cases/world.ts'
import { root } from '../cases/places.ts'
import type { Arrival } from './arrivals.ts'
import { filled, type Hand, outcomeOf } from './fill.ts'
import type { Ground } from './ground.ts'

export interface Asked {
  by: Principal
  act: Act
}

export function opening({ assumed, procedures }: Ground, hand: Hand, { at, place }: Arrival): Asked {
  const rule = procedures[assumed.opens_with]
  const said = filled(hand, { fields: rule?.inputs ?? [], of: 'input', outcome: '', names: () => ({}) })
  const known = { arrived_on: new Date(at).toISOString().slice(0, 10), centre: place, destination: hand.home }
  const asked = Object.fromEntries(
    Object.entries(known).filter(([id]) => rule?.inputs.some((field) => field.id === id) ?? false),
  )
  return {
    by: { kind: 'user', user: `desk-${place}`, holds: [{ role: assumed.desk, place }] },
    act: {
      act: 'open_case',
      subject: 'case',
      number: caseNumber(new Date(at).getUTCFullYear(), hand.dice.upTo(1_000_000)),
      procedure: assumed.opens_with,
      place,
      ...said,
      answers: { ...said.answers, ...asked },
    },
  }
}

export function ending(state: CaseState, world: World, hand: Hand, work: Work): Asked {
  const { rule, run, runId, item } = work
  const of = `${run.procedure.id}.${rule.id}`
  const offered = Object.entries(rule.outcomes).flatMap(([id, one]) => (one.byHand ? [id] : []))
  const outcome = outcomeOf(hand, of, offered)
  const names = namesLater(state, world.settings, run, runId, { outcome })
  const said = filled(hand, { fields: rule.form, of, outcome, names })
  const form = () => ({ ...names(), form: said.answers })
  const evidence = rule.evidence.filter((one) => one.required && holds(one.when, form))
  const by = whoActs(work, world)
  return {
    by,
    act: {
      act: 'complete_step',
      step: item,
      basis: rule.kind === 'decision' ? basisSeen(state, world, by, work) : null,
      onBehalfOf: null,
      outcome,
      ...said,
      evidence: Object.fromEntries(evidence.map((one) => [one.id, [{ paper: 'simulated' }]])),
    },
  }
}

/** What whoever decides has before their eyes. */
function basisSeen(state: CaseState, world: World, by: Principal, work: Work): string {
  const seen = view(state, by, world)
  return basisOf(seen, workOf(seen, world, work.item) ?? work)
}

/** Somebody of the first role; decisions are taken by others than those who do tasks. */
function whoActs({ step, rule }: Work, world: World): Principal {
  const place = step.place ?? root(world.settings.places)
  const [first] = step.roles ?? []
  if (first && 'partner' in first) return { kind: 'partner', partner: first.partner }
  const role = first && 'role' in first ? first.role : ''
  const user = first && 'user' in first ? first.user : `${role}-${rule.kind}`
  return { kind: 'user', user, holds: role === '' ? [] : [{ role, place: place ?? '' }] }
}

export function beginning({ procedures, settings }: Ground, hand: Hand, procedure: string): Asked {
  const rule = procedures[procedure]
  const way = rule?.begins.find((one) => one.kind === 'any_time')
  const role = way && 'by' in way ? (way.by[0] ?? '') : ''
  const given = filled(hand, { fields: rule?.inputs ?? [], of: 'input', outcome: '', names: () => ({}) })
  return {
    by: { kind: 'user', user: `${role}-begins`, holds: [{ role, place: root(settings.places) ?? '' }] },
    act: { act: 'begin_procedure', procedure, ...given },
  }
}
