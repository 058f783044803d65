/**
 * The code that goes with a link by another way: the case manager says it by telephone, at the partner's number in the
 * directory. Whoever was forwarded the link alone reads nothing about the person, and cannot answer.
 */

import { createHmac, timingSafeEqual } from 'node:crypto'
import { takeTry } from '../../database/queries/tries.ts'
import type { Deps } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'

/** Two minutes for each try after the first eight: a million codes last for years. */
const TRIES = { burst: 8, seconds: 120 }
const CODES = 1_000_000

export interface Coded {
  caseId: string
  run: string
  partner: string
}
/** Six digits; the same for every link of one referral to one partner, so that a lost link needs no second call. */
export const codeOf = (deps: Deps, about: Coded): string =>
  String(digestOf(deps, 'partner-code', about).readUInt32BE(0) % CODES).padStart(6, '0')

const digestOf = ({ idKey }: Deps, what: string, { caseId, run, partner }: Coded): Buffer =>
  createHmac('sha256', idKey).update([what, caseId, run, partner].join('|')).digest()

/** Spaces do not count. Throws `too_many` once too much was tried, right or wrong, by whichever process. */
export const isCode = async (deps: Deps, about: Coded, typed: string): Promise<boolean> => {
  const wait = await takeTry(deps.sql, digestOf(deps, 'partner-code-tries', about).toString('hex'), TRIES)
  if (wait > 0) throw problem('too_many', { after: wait })
  const [given, right] = [Buffer.from(typed.replaceAll(/\s/g, '')), Buffer.from(codeOf(deps, about))]
  return given.length === right.length && timingSafeEqual(given, right)
}
