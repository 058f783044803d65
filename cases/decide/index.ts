/** decide(state, action, world): events, a refusal, or the wish for a look-up. `wake` must have been applied first. */

import type { Action } from '../actions.ts'
import type { CaseState } from '../state.ts'
import type { Decision, World } from '../world.ts'
import { addNote } from './add-note.ts'
import { addPeople } from './add-people.ts'
import { refused } from './asked.ts'
import { assignStep, changeCaseManager, delegate } from './assign.ts'
import { beginProcedure, resume, suspend } from './begin-procedure.ts'
import { completeStep } from './complete-step.ts'
import { recordConsent, withdrawConsent } from './consents.ts'
import { correctAnswer } from './correct-answer.ts'
import { correctOpening } from './correct-opening.ts'
import { extendClock } from './extend-clock.ts'
import { handBack, handOver } from './hand-over.ts'
import { liftBatch } from './lift-batch.ts'
import { openCase } from './open-case.ts'
import { reopenStep } from './reopen-step.ts'
import { countersign, overrideStep } from './override-step.ts'

export function decide(state: CaseState, action: Action, world: World): Decision {
  const known = state.actions[action.id]
  if (known)
    return known.digest === action.digest ? { kind: 'events', entries: [], state } : refused({ code: 'key_reused' })
  if (state.status === 'new' && action.act.act !== 'open_case') return refused({ code: 'not_found' })
  return dispatch(state, action, world)
}

function dispatch(state: CaseState, action: Action, world: World): Decision {
  const asked = { state, action, world }
  const { act } = action
  switch (act.act) {
    case 'open_case':
      return openCase({ ...asked, act })
    case 'complete_step':
      return completeStep({ ...asked, act })
    case 'add_note':
      return addNote({ ...asked, act })
    case 'override_step':
      return overrideStep({ ...asked, act })
    case 'reopen_step':
      return reopenStep({ ...asked, act })
    case 'countersign':
      return countersign({ ...asked, act })
    case 'assign_step':
      return assignStep({ ...asked, act })
    case 'delegate':
      return delegate({ ...asked, act })
    case 'change_case_manager':
      return changeCaseManager({ ...asked, act })
    case 'hand_over':
      return handOver({ ...asked, act })
    case 'hand_back':
      return handBack({ ...asked, act })
    case 'record_consent':
      return recordConsent({ ...asked, act })
    case 'withdraw_consent':
      return withdrawConsent({ ...asked, act })
    case 'suspend':
      return suspend({ ...asked, act })
    case 'resume':
      return resume({ ...asked, act })
    case 'extend_clock':
      return extendClock({ ...asked, act })
    case 'correct_answer':
      return correctAnswer({ ...asked, act })
    case 'correct_opening':
      return correctOpening({ ...asked, act })
    case 'begin_procedure':
      return beginProcedure({ ...asked, act })
    case 'lift_batch':
      return liftBatch({ ...asked, act })
    case 'add_people':
      return addPeople({ ...asked, act })
  }
}
