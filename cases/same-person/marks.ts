/**
 * What is compared to find a person again without opening anybody's record: several fields together, never one alone,
 * so that no mark can be told from how common a name or a telephone is.
 */

import { soundsOf } from './names.ts'

/** As told at an opening; what they would not say or do not know is absent. A birth may be `1994` or `1994-05`. */
export interface Told {
  name?: string
  birth?: string
  phone?: string
}
export interface Mark {
  /** `names`: two names alone, which many people share; the others tell one person from another. */
  kind: 'names' | 'names_and_year' | 'name_and_day' | 'name_and_phone'
  text: string
}
/** People have two or three names; a longer text is no name, and would make marks without end. */
const MOST_NAMES = 5
const LONG_ENOUGH = 8

/** The last eight digits: how a Malian number is written with or without its country. */
export const phoneDigits = (phone: string | undefined): string | null => {
  const digits = (phone ?? '').replaceAll(/\D/g, '')
  return digits.length >= LONG_ENOUGH ? digits.slice(-LONG_ENOUGH) : null
}

const pairsOf = (sounds: string[]): string[] =>
  sounds.flatMap((one, index) => sounds.slice(index + 1).map((other) => `${one} ${other}`))

function marks({ name, birth, phone }: Told, years: (year: number) => number[]): Mark[] {
  const sounds = soundsOf(name ?? '').slice(0, MOST_NAMES)
  const pairs = pairsOf(sounds)
  const number = phoneDigits(phone)
  const day = birth !== undefined && birth.length === 10 ? birth : null
  const near = birth === undefined ? [] : years(Number(birth.slice(0, 4)))
  return [
    ...pairs.map((text): Mark => ({ kind: 'names', text })),
    ...pairs.flatMap((pair) => near.map((year): Mark => ({ kind: 'names_and_year', text: `${pair} ${year}` }))),
    ...(day === null ? [] : sounds.map((one): Mark => ({ kind: 'name_and_day', text: `${one} ${day}` }))),
    ...(number === null ? [] : sounds.map((one): Mark => ({ kind: 'name_and_phone', text: `${one} ${number}` }))),
  ]
}

/** What is kept of a person. */
export const marksOf = (told: Told): Mark[] => marks(told, (year) => [year])

/** What is looked for: ages are told roughly, so the years beside the one that was said count too. */
export const marksFor = (told: Told): Mark[] => marks(told, (year) => [year - 1, year, year + 1])
