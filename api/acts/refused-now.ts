import type { Refusal } from '../../cases/refusals.ts'
import { heldFor } from '../../cases/words/held-for.ts'
import { refusalText } from '../../cases/words/refusals.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { Grounds, NotNowReason } from './act.ts'

/** Why an act on a step is refused for now, in the words of the refusal that it would meet. */
export const refusedNow = (found: Refusal, { work }: Grounds['item'], loaded: LoadedCase): NotNowReason => {
  const { seen, session, world, language } = loaded
  const refusal = heldFor(found, work.item, seen, session.principal, world)
  const why = refusalText(refusal, language, loaded.labelsOf(loaded.state)).detail
  return { why, who: 'who' in refusal ? refusal.who : [] }
}
