import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import { fieldErrors } from '../answers.ts'
import { circumstances } from '../circumstances.ts'
import { covers } from '../places.ts'
import { decided, emit } from '../progress/draft.ts'
import { setFact } from '../progress/end-step.ts'
import { settle } from '../progress/settle.ts'
import { beginRun, newest } from '../progress/start-runs.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'

/** Anybody who works at the place. A procedure that was not looked up is not found. */
function may(asked: Pointing<'open_case'>): May<{ procedure: CompiledProcedure }> {
  const { state, world, action, act } = asked
  if (state.status !== 'new') return { code: 'key_reused' }
  const procedure = newest(asked, act.procedure)
  if (!procedure?.begins.some((one) => one.kind === 'opening')) return { code: 'not_found' }
  const { places } = world.settings
  const mine = action.by.kind === 'user' && action.by.holds.some((held) => covers(held.place, act.place, places))
  if (!mine) return { code: 'place_required', who: [{ role: 'registration_agent', place: act.place }] }
  return { role: 'opening', procedure }
}

/** Opens the case with its first procedure; inputs named like a fact set that fact. */
export const openCase: ActRules<'open_case'> = {
  may,
  decide(asked) {
    const { state, world, action, act } = asked
    if (state.status === 'new' && !newest(asked, act.procedure))
      return { kind: 'look_up', wanted: { procedures: [act.procedure] } }
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const { procedure, role } = allowed
    const now = circumstances(world, action.happened)
    const errors = fieldErrors(procedure.inputs, act, { form: act.answers, outcome: '' }, now)
    if (errors.length > 0) return refused({ code: 'answers_invalid', errors })

    const draft = begin(asked, role, Math.min(action.happened, world.now))
    emit(draft, {
      kind: 'case_opened',
      subject: act.subject,
      number: act.number,
      procedure: act.procedure,
      engine: state.engine,
    })
    emit(draft, { kind: 'settings_taken', version: world.settings.version })
    for (const [input, value] of Object.entries(act.answers)) {
      const plain = value === null || typeof value !== 'object'
      if (plain && input in world.settings.facts) setFact(draft, input, value, null)
    }
    beginRun(draft, {
      procedure: act.procedure,
      key: null,
      inputs: act.answers,
      personal: act.personal,
      startedBy: null,
    })
    settle(draft)
    return decided(draft)
  },
}
