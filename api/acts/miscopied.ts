/** Said of a number that no case can have. What it was meant to be is never said: that would find numbers for a guesser. */

import type { Text } from '../problems/problem.ts'

export const MISCOPIED: Text = {
  fr: 'Ce numéro de dossier est mal recopié : ses neuf chiffres ne vont pas ensemble. Vérifiez-les un à un, et leur ordre.',
  en: 'This case number was miscopied: its nine digits do not go together. Check each of them, and their order.',
}
