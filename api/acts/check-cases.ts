/** Cases that an answer names: known to whoever names them, another case; where one is merged, older and not merged itself. */

import type { Principal } from '../../cases/actions.ts'
import type { FieldError } from '../../cases/refusals.ts'
import { isMiscopied } from '../../cases/number.ts'
import type { CaseState } from '../../cases/state.ts'
import { view } from '../../cases/view.ts'
import type { World } from '../../cases/world.ts'
import type { Deps } from '../context/deps.ts'
import { withProceduresFrom } from '../case/load-case.ts'
import { cachedCase } from '../case/case-cache.ts'
import { knowsCase } from '../case/case-visibility.ts'
import type { Named } from './split-answers.ts'

/** A case, and who names others in it. */
export interface Naming {
  state: CaseState
  world: World
  by: Principal
}

export const checkCases = async (deps: Deps, loaded: Naming, named: readonly Named[]): Promise<FieldError[]> => {
  const found = await Promise.all(named.filter(({ type }) => type === 'case').map((one) => errorsOf(deps, loaded, one)))
  return found.flat()
}

const errorsOf = async (deps: Deps, loaded: Naming, { id, pointer, older }: Named): Promise<FieldError[]> => {
  if (id === loaded.state.number) return [{ pointer, code: 'same_case' }]
  if (isMiscopied(id)) return [{ pointer, code: 'miscopied' }]
  const found = await knownCase(deps, loaded, id)
  if (found === null) return [{ pointer, code: 'unknown_case' }]
  if (older !== true) return []
  const into = found.facts['merged_into']
  if (typeof into === 'string' && into !== '') return [{ pointer, code: 'merged_case', expected: [into] }]
  return found.opened > loaded.state.opened ? [{ pointer, code: 'younger_case' }] : []
}

/** null for a case that this viewer does not know: whether it exists at all is not told. */
const knownCase = async (deps: Deps, { by, world }: Naming, number: string): Promise<CaseState | null> => {
  const cached = await cachedCase(deps, number)
  if (cached === undefined || cached.status === 'new' || cached.state.subject !== 'case') return null
  const its = await withProceduresFrom(deps)(cached.state, { ...world, shelf: {}, published: {} })
  const seen = view(cached.state, by, its)
  return knowsCase(seen, by, its.settings) ? seen : null
}
