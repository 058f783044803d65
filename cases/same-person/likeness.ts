/** How alike two people are, once both may be read: the reasons that are shown, best first. */

import { phoneDigits, type Told } from './marks.ts'
import { soundsOf, wordsOf } from './names.ts'

export const REASONS = [
  'same_phone',
  'same_name',
  'same_name_other_order',
  'name_sounds_alike',
  'name_partly_alike',
  'same_birth',
  'same_year',
  'year_beside',
] as const
export type Reason = (typeof REASONS)[number]

const WEIGHT: Record<Reason, number> = {
  same_phone: 4,
  same_name: 5,
  same_name_other_order: 4,
  name_sounds_alike: 3,
  name_partly_alike: 1,
  same_birth: 3,
  same_year: 2,
  year_beside: 1,
}

function nameReason(asked: string | undefined, known: string | undefined): Reason | null {
  const [mine, theirs] = [wordsOf(asked ?? ''), wordsOf(known ?? '')]
  if (mine.length === 0 || theirs.length === 0) return null
  if (mine.join(' ') === theirs.join(' ')) return 'same_name'
  if (mine.toSorted().join(' ') === theirs.toSorted().join(' ')) return 'same_name_other_order'
  const [sounds, others] = [soundsOf(asked ?? ''), soundsOf(known ?? '')]
  const shared = sounds.filter((sound) => others.includes(sound)).length
  if (shared === Math.min(sounds.length, others.length) && shared > 1) return 'name_sounds_alike'
  return shared > 0 ? 'name_partly_alike' : null
}

function birthReason(asked: string | undefined, known: string | undefined): Reason | null {
  if (asked === undefined || known === undefined) return null
  if (asked === known && asked.length === 10) return 'same_birth'
  const apart = Math.abs(Number(asked.slice(0, 4)) - Number(known.slice(0, 4)))
  return apart === 0 ? 'same_year' : apart === 1 ? 'year_beside' : null
}

/** Empty when nothing of the name and nothing of the telephone is the same. */
export function reasonsFor(asked: Told, known: Told): Reason[] {
  const name = nameReason(asked.name, known.name)
  const phone = phoneDigits(asked.phone)
  const samePhone: Reason | null = phone !== null && phone === phoneDigits(known.phone) ? 'same_phone' : null
  if (name === null && samePhone === null) return []
  return [samePhone, name, birthReason(asked.birth, known.birth)].filter((one) => one !== null)
}

export const weightOf = (reasons: Reason[]): number => reasons.reduce((sum, reason) => sum + WEIGHT[reason], 0)
