/** Which telephone a partner calls: of the place that asks, or of the nearest above it that has one. */

import { root, upFrom } from '../../cases/places.ts'
import type { Line } from '../../console/partner-page.tsx'
import type { Settings } from '../../procedures/language/settings.ts'
import { isLike } from '../acts/training-telephones.ts'
import type { Deps, Language } from '../context/deps.ts'

type Known = Pick<Deps, 'country' | 'installation'>

/** `place`: null where nobody may know who asked: the country's. A fictitious number is one on a training installation only. */
export function lineOf(
  { country, installation }: Known,
  places: Settings['places'],
  place: string | null,
  language: Language,
): Line | null {
  const { trainingTelephones: fictitious } = country
  const mayBeCalled = (telephone: string): boolean =>
    installation.kind === 'training' || fictitious === null || !isLike(telephone, fictitious.like)
  for (const at of upFrom(place ?? root(places), places)) {
    const known = country.places[at]
    if (known?.telephone !== undefined && mayBeCalled(known.telephone))
      return { telephone: known.telephone, place: known.title[language] }
  }
  return null
}

/** For programs. */
export const lineText = (line: Line | null): string | null => line && `${line.telephone} (${line.place})`
