import type { Language } from './language.ts'

/** How much of a form is to be corrected. */
export const pointsText = (count: number, language: Language): string => {
  const points = `${count} ${count > 1 ? 'points' : 'point'}`
  return language === 'fr' ? `${points} à corriger.` : `${points} to correct.`
}
