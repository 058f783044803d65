/** Ids as people see them: a work item is the number of its case, then the item inside the case. */

import type { ItemId } from '../../cases/events.ts'
import { problem, type Text } from '../problems/problem.ts'

/** Throws `not_found` for anything that is no work item. */
export const itemFromPublic = (publicId: string): { number: string; item: ItemId } => {
  const found = /^([A-Za-z0-9-]{1,60})\.([a-z0-9-]+\.[a-z0-9_]+\.\d{1,4})$/.exec(publicId)
  if (found === null) throw problem('not_found')
  return { number: found[1] ?? '', item: found[2] ?? '' }
}

/** Said of a number that no case can have. The right number is never said: that would find numbers for a guesser. */
export const MISCOPIED: Text = {
  fr: 'Ce numéro de dossier est mal recopié : ses neuf chiffres ne vont pas ensemble. Vérifiez-les un à un, et leur ordre.',
  en: 'This case number was miscopied: its nine digits do not go together. Check each of them, and their order.',
}
