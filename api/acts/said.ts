import { uncapitalised } from '../../cases/words/language.ts'
import type { Told } from './act.ts'

/** A step and the outcome with which it ended. */
export const endedText = (told: Told): string =>
  `${told.step ?? ''}${told.outcome === null ? '' : ` : ${uncapitalised(told.outcome)}`}`
