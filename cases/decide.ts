/** decide(state, action, world): events, a refusal, or the wish for a look-up. `wake` must have been applied first. */

import type { Action } from './actions.ts'
import { refused } from './acts/asked.ts'
import { decideAct } from './acts/table.ts'
import type { CaseState } from './state.ts'
import type { Decision, World } from './world.ts'

export function decide(state: CaseState, action: Action, world: World): Decision {
  const known = state.actions[action.id]
  if (known)
    return known.digest === action.digest ? { kind: 'events', entries: [], state } : refused({ code: 'key_reused' })
  const { act } = action
  if (state.status === 'new' && act.act !== 'open_case') return refused({ code: 'not_found' })
  return decideAct(act.act, { state, action, world, act })
}
