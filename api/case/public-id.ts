/** A work item as people see it: the number of its case, then the item inside the case. */

import type { ItemId } from '../../cases/events.ts'
import { problem } from '../problems/problem.ts'

/** Throws `not_found` for anything that is no work item. */
export const itemFromPublic = (publicId: string): { number: string; item: ItemId } => {
  const found = /^([A-Za-z0-9-]{1,60})\.([a-z0-9-]+\.[a-z0-9_]+\.\d{1,4})$/.exec(publicId)
  if (found === null) throw problem('not_found')
  return { number: found[1] ?? '', item: found[2] ?? '' }
}
