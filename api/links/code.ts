/**
 * The code that goes with a link by another way: the case manager says it by telephone, at the partner's number in the
 * directory. Whoever was forwarded the link alone reads nothing about the person, and cannot answer.
 */

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { bucketsOf } from '../front/limits.ts'
import { problem } from '../problems/problem.ts'

/** Two minutes for each try after the first eight: a million codes last for years. */
const TRIES = { perSecond: 1 / 120, burst: 8 }
const CODES = 1_000_000

export interface Coded {
  caseId: string
  run: string
  partner: string
}
/** Six digits; the same for every link of one referral to one partner, so that a lost link needs no second call. */
export const codeOf = ({ idKey }: Deps, { caseId, run, partner }: Coded): string => {
  const digest = createHmac('sha256', idKey).update(['partner-code', caseId, run, partner].join('|')).digest()
  return String(digest.readUInt32BE(0) % CODES).padStart(6, '0')
}

/** Spaces do not count. Throws `too_many` once too much was tried, right or wrong. */
export const codesOf = (deps: Deps) => {
  const tries = bucketsOf(TRIES, deps.realNow)
  return (about: Coded, typed: string): boolean => {
    const wait = tries.take([about.caseId, about.run, about.partner].join('|'))
    if (wait > 0) throw problem('too_many', { after: wait })
    const [given, right] = [Buffer.from(typed.replaceAll(/\s/g, '')), Buffer.from(codeOf(deps, about))]
    return given.length === right.length && timingSafeEqual(given, right)
  }
}
