/** The language of an answer: the best of `fr` and `en` in Accept-Language, French when neither is asked for. */

import type { Language } from '../context/deps.ts'

const weightOf = (part: string): number => {
  const found = /;\s*q=([0-9.]+)/.exec(part)
  return found === null ? 1 : Number(found[1])
}

export const languageOf = (header: string | undefined): Language => {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => ({ tag: part.trim().slice(0, 2).toLowerCase(), weight: weightOf(part) }))
    .filter((one) => (one.tag === 'fr' || one.tag === 'en') && one.weight > 0)
    .toSorted((left, right) => right.weight - left.weight)[0]
  return wanted?.tag === 'en' ? 'en' : 'fr'
}
