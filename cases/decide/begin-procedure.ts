import type { Begins, Term } from '../../procedures/language/compiled.ts'
import { fieldErrors } from '../answers.ts'
import { circumstances } from '../circumstances.ts'
import { shift } from '../clocks/place-terms.ts'
import { closedGates, namesFor } from '../conditions.ts'
import type { Answers } from '../events.ts'
import { decided, emit, liveItems, workOf } from '../progress/draft.ts'
import { endStep } from '../progress/end-step.ts'
import { settle } from '../progress/settle.ts'
import { beginRun, newest } from '../progress/start-runs.ts'
import type { CaseState } from '../state.ts'
import { holdsRole } from '../who-may.ts'
import type { Instant } from '../time.ts'
import type { Decision } from '../world.ts'
import { placeOfCase, supervises, supervisorOf } from './assign.ts'
import { type Asked, type Asking, begin, refused } from './asked.ts'

export function beginProcedure(asked: Asked<'begin_procedure'>): Decision {
  return beginNamed(asked, asked.act.procedure, asked.act)
}

/** A suspension is a procedure like any other: its step holds every clock and has a clock of its own. */
export function suspend(asked: Asked<'suspend'>): Decision {
  const answers: Answers = { review_on: asked.act.reviewOn }
  const given = { answers, personal: { reason: asked.act.reason }, absent: {} }
  return beginNamed(asked, asked.world.settings.suspension, given)
}

export function resume(asked: Asked<'resume'>): Decision {
  const { state, world } = asked
  const live = liveItems(state).find(({ runId }) => state.runs[runId]?.procedure.id === world.settings.suspension)
  const work = live && workOf(state, world, live.item)
  if (!work) return refused({ code: 'not_found' })
  const role = supervises(asked, placeOfCase(asked))
  if (role === null) return refused(supervisorOf(placeOfCase(asked)))
  const outcome = Object.keys(work.rule.outcomes).find(
    (id) => work.rule.outcomes[id]?.byHand && !work.rule.outcomes[id]?.backTo,
  )
  const draft = begin(asked, role)
  const nothing = { answers: {}, personal: {}, absent: {}, evidence: {}, onBehalfOf: null }
  endStep(draft, work, { ...nothing, outcome: outcome ?? 'done', via: asked.action.via, how: 'act' })
  settle(draft)
  return decided(draft)
}

type Given = Omit<Asked<'begin_procedure'>['act'], 'act' | 'procedure'>
function beginNamed(asked: Asking, id: string, given: Given): Decision {
  const { state, world } = asked
  const probe = begin(asked, '')
  const procedure = newest(probe, id)
  if (!procedure) return { kind: 'look_up', wanted: { procedures: [id] } }
  const closed = state.status === 'closed'
  const kind = closed ? 'closed_case' : given.batch === undefined ? 'any_time' : 'batch'
  const way = procedure.begins.find((one) => one.kind === kind)
  if (!way) return refused(closed ? { code: 'case_closed' } : { code: 'not_found' })
  const place = placeOfCase(asked)
  const last = way.kind === 'closed_case' ? lastDayOfWay(asked, way.within, place) : null
  if (last !== null && world.now > last) return refused({ code: 'case_closed', until: last })
  const by = rolesOf(way)
  const role = by.find((one) => holdsRole(asked.action.by, one, place, world.settings.places))
  if (role === undefined) return refused({ code: 'role_required', who: by.map((one) => ({ role: one, place })) })
  const gates = closedGates(procedure.requires ?? [], procedure.gates, namesFor(state, world.settings, null, null))
  if (gates.length > 0) return refused({ code: 'gate_closed', gates })
  const now = circumstances(world, asked.action.happened)
  const errors = fieldErrors(procedure.inputs, given, { form: given.answers, outcome: '' }, now)
  if (errors.length > 0) return refused({ code: 'answers_invalid', errors })
  const running = given.batch === undefined ? undefined : openRun(state, id)
  if (running !== undefined) return refused({ code: 'already_running', run: running })
  const draft = begin(asked, role)
  if (closed) emit(draft, { kind: 'case_reopened' })
  const key = given.batch ?? null
  beginRun(draft, { procedure: id, key, inputs: given.answers, personal: given.personal, startedBy: null })
  settle(draft)
  return decided(draft)
}

/** Begun in a second batch, the same work would wait twice for the same people. */
const openRun = ({ runs }: CaseState, procedure: string): string | undefined =>
  Object.keys(runs).find((run) => runs[run]?.status === 'open' && runs[run]?.procedure.id === procedure)

const rolesOf = (way: Begins): string[] => ('by' in way ? way.by : [])

function lastDayOfWay({ state, world }: Asking, within: Term[] | undefined, place: string | null): Instant | null {
  return within && state.closed ? shift(state.closed.at, within, world.settings, place) : null
}
