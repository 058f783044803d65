import type { Refusal } from '../refusals.ts'
import type { Labels, RefusalText } from './labels.ts'
import type { Language } from './language.ts'
import { refusedInEnglish } from './refusals-en.ts'
import { refusedInFrench } from './refusals-fr.ts'

/** What a refusal says to the person: what is wrong, and what to do instead. */
export function refusalText(refusal: Refusal, language: Language, labels: Labels): RefusalText {
  return language === 'fr' ? refusedInFrench(refusal, labels) : refusedInEnglish(refusal, labels)
}
