import type { Begins, CompiledProcedure, Term } from '../../procedures/language/compiled.ts'
import { fieldErrors } from '../answers.ts'
import { circumstances } from '../circumstances.ts'
import { shift } from '../clocks/place-terms.ts'
import { closedGates, namesFor } from '../conditions.ts'
import { decided, emit } from '../progress/draft.ts'
import { settle } from '../progress/settle.ts'
import { beginRun, newest } from '../progress/start-runs.ts'
import type { CaseState } from '../state.ts'
import { holdsRole, placeOfCase, type Standing } from '../who-may.ts'
import { isRefusal } from '../why-not.ts'
import type { Instant } from '../time.ts'
import type { Decision } from '../world.ts'
import type { ActRules, May, Target } from './act.ts'
import { type Asked, type Asking, begin, refused } from './asked.ts'

/** Those whom the procedure names, as it begins there. One that was not looked up is not found. */
export function mayBegin(
  asked: Standing & { state: CaseState },
  { procedure: id, batch }: Target<'begin_procedure'>,
): May<{ procedure: CompiledProcedure }> {
  const { state, world, action } = asked
  const procedure = newest(asked, id)
  const closed = state.status === 'closed'
  const kind = closed ? 'closed_case' : batch === undefined ? 'any_time' : 'batch'
  const way = procedure?.begins.find((one) => one.kind === kind)
  if (!procedure || !way) return closed ? { code: 'case_closed' } : { code: 'not_found' }
  const place = placeOfCase(asked)
  const last = way.kind === 'closed_case' ? lastDayOfWay(asked, way.within, place) : null
  if (last !== null && world.now > last) return { code: 'case_closed', until: last }
  const by = rolesOf(way)
  const role = by.find((one) => holdsRole(action.by, one, place, world.settings.places))
  return role === undefined
    ? { code: 'role_required', who: by.map((one) => ({ role: one, place })) }
    : { role, procedure }
}

export const beginProcedure: ActRules<'begin_procedure'> = {
  may: (asked) => mayBegin(asked, asked.act),
  decide: (asked) => beginNamed(asked, asked.act.procedure, asked.act),
}

type Given = Omit<Asked<'begin_procedure'>['act'], 'act' | 'procedure'>
export function beginNamed(asked: Asking, id: string, given: Given): Decision {
  const { state, world } = asked
  if (!newest(asked, id)) return { kind: 'look_up', wanted: { procedures: [id] } }
  const allowed = mayBegin(asked, { procedure: id, ...given })
  if (isRefusal(allowed)) return refused(allowed)
  const { procedure, role } = allowed
  const gates = closedGates(procedure.requires ?? [], procedure.gates, namesFor(state, world.settings, null, null))
  if (gates.length > 0) return refused({ code: 'gate_closed', gates })
  const now = circumstances(world, asked.action.happened)
  const errors = fieldErrors(procedure.inputs, given, { form: given.answers, outcome: '' }, now)
  if (errors.length > 0) return refused({ code: 'answers_invalid', errors })
  const running = given.batch === undefined ? undefined : openRun(state, id)
  if (running !== undefined) return refused({ code: 'already_running', run: running })
  const draft = begin(asked, role)
  if (state.status === 'closed') emit(draft, { kind: 'case_reopened' })
  const key = given.batch ?? null
  beginRun(draft, { procedure: id, key, inputs: given.answers, personal: given.personal, startedBy: null })
  settle(draft)
  return decided(draft)
}

/** Begun in a second batch, the same work would wait twice for the same people. */
const openRun = ({ runs }: CaseState, procedure: string): string | undefined =>
  Object.keys(runs).find((run) => runs[run]?.status === 'open' && runs[run]?.procedure.id === procedure)

const rolesOf = (way: Begins): string[] => ('by' in way ? way.by : [])

function lastDayOfWay(
  { state, world }: Pick<Asking, 'state' | 'world'>,
  within: Term[] | undefined,
  place: string | null,
): Instant | null {
  return within && state.closed ? shift(state.closed.at, within, world.settings, place) : null
}
