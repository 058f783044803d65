/** Which telephone a partner calls: of the place that asks, or of the nearest above it that has one. */

import type { Line } from '../../console/partner-page.tsx'
import { isLike } from '../acts/fictitious.ts'
import type { Deps, Language } from '../deps.ts'

type Known = Pick<Deps, 'country' | 'installation'>

/** Null when none is known: a fictitious number is one on a training installation only. */
export function lineOf(known: Known, place: string, language: Language): Line | null {
  const { places, trainingTelephones } = known.country
  const at = places[place]
  if (at?.telephone !== undefined) {
    const fictitious = trainingTelephones !== null && isLike(at.telephone, trainingTelephones.like)
    if (!fictitious || known.installation.kind === 'training')
      return { telephone: at.telephone, place: at.title[language] }
  }
  return at?.under === undefined ? null : lineOf(known, at.under, language)
}

/** For whoever may not know which place asked. */
export function countryLine(known: Known, language: Language): Line | null {
  const { places } = known.country
  const country = Object.keys(places).find((place) => places[place]?.under === undefined)
  return country === undefined ? null : lineOf(known, country, language)
}

/** For programs. */
export const lineText = (line: Line | null): string | null => line && `${line.telephone} (${line.place})`
