/** Which telephone a partner calls: of the place that asks, or of the nearest above it that has one. */

import { isLike } from '../acts/fictitious.ts'
import type { Deps, Language } from '../deps.ts'

type Known = Pick<Deps, 'country' | 'installation'>

/** Number and place, to be read. Null when none is known: a fictitious number is one on a training installation only. */
export function lineOf(known: Known, place: string, language: Language): string | null {
  const { places, trainingTelephones } = known.country
  const at = places[place]
  if (at?.telephone !== undefined) {
    const fictitious = trainingTelephones !== null && isLike(at.telephone, trainingTelephones.like)
    if (!fictitious || known.installation.kind === 'training') return `${at.telephone} (${at.title[language]})`
  }
  return at?.under === undefined ? null : lineOf(known, at.under, language)
}

/** For whoever may not know which place asked. */
export function countryLine(known: Known, language: Language): string | null {
  const { places } = known.country
  const country = Object.keys(places).find((place) => places[place]?.under === undefined)
  return country === undefined ? null : lineOf(known, country, language)
}
