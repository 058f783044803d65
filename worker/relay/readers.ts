/** Who reads a notice: resolved when it is sent, since people change, leave and go away. */

import { root, upFrom } from '../../cases/places.ts'
import type { Sql } from '../../database/connect.ts'
import type { MailSubject } from '../../database/queries/mail.ts'
import { presentUser } from '../../database/queries/mail.ts'
import { fillHole, noteHole, type OutboxClaim } from '../../database/queries/outbox.ts'
import { partnerById } from '../../database/queries/partners.ts'
import { holdersOf } from '../../database/queries/staff.ts'
import type { Settings } from '../../procedures/language/settings.ts'

export interface Reader {
  id: string
  email: string
  language: 'fr' | 'en'
}
export type Readers =
  | { kind: 'staff'; people: Reader[] }
  | { kind: 'partner'; partner: string; people: Reader[] }
  | { kind: 'nobody'; problem: 'nobody_holds_role' | 'partner_without_mail' | 'agreement_ended' }

export interface Staffing {
  sql: Sql
  places: Settings['places']
  /** Business date and instant. */
  today: string
  now: number
  /** Roles that are told when everybody else is missing. */
  lastResort: string[]
  /** Found already in this round: thousands of rows may ask for the same few people. */
  found: Map<string, Promise<Reader[]>>
}

export async function readersOf(staffing: Staffing, claim: OutboxClaim, about: MailSubject): Promise<Readers> {
  if (claim.role.startsWith('partner:')) return partnerReaders(staffing, claim)
  // A case manager is somebody's own, not everybody's who holds the role.
  const named = claim.user ?? (claim.role === 'case_manager' ? about.caseManager : null)
  const person = named === null ? undefined : await presentUser(staffing.sql, named, staffing.today)
  if (person && person.id !== about.hiddenFrom) return { kind: 'staff', people: [person] }
  for (const [index, role] of rolesToAsk(staffing, claim, about).entries()) {
    const found = await holders(staffing, claim, role, index === 0)
    const people = found.filter((one) => one.id !== about.hiddenFrom)
    if (people.length > 0) return { kind: 'staff', people }
  }
  return { kind: 'nobody', problem: 'nobody_holds_role' }
}

/** The role itself, then up its ladder; a restricted notice never leaves the people who may be assigned. */
function rolesToAsk({ lastResort }: Staffing, claim: OutboxClaim, { ladder, visibleTo }: MailSubject): string[] {
  const own = claim.role.startsWith('user:') ? [] : [claim.role]
  const above = ladder.slice(ladder.indexOf(claim.role) + 1)
  const beyond = claim.restricted ? (visibleTo ?? []) : lastResort
  return [...new Set([...own, ...above, ...beyond])]
}

function holders(staffing: Staffing, claim: OutboxClaim, role: string, first: boolean): Promise<Reader[]> {
  const place = claim.place ?? root(staffing.places)
  if (place === null) return Promise.resolve([])
  // Holes are found from staffing, never from restricted rungs.
  const tell = first && !claim.restricted
  const key = JSON.stringify([role, place, tell])
  const known = staffing.found.get(key) ?? nearestHolders(staffing, role, place, tell)
  staffing.found.set(key, known)
  return known
}

async function nearestHolders(staffing: Staffing, role: string, place: string, tell: boolean): Promise<Reader[]> {
  const { sql, today, places } = staffing
  const found = await holdersOf(sql, role, upFrom(place, places), today)
  if (tell && found.length === 0) await noteHole(sql, role, place, new Date(staffing.now))
  if (tell && found.length > 0) await fillHole(sql, role, place)
  const nearest = found[0]?.place
  return found.filter((one) => one.place === nearest)
}

async function partnerReaders({ sql, today }: Staffing, claim: OutboxClaim): Promise<Readers> {
  const partner = await partnerById(sql, claim.role.slice('partner:'.length))
  // Nothing is sent once the agreement is over.
  if (partner?.agreementUntil && partner.agreementUntil < today) return { kind: 'nobody', problem: 'agreement_ended' }
  // A restricted run never uses links.
  if (!partner?.email || claim.restricted) return { kind: 'nobody', problem: 'partner_without_mail' }
  return { kind: 'partner', partner: partner.id, people: [{ id: partner.id, email: partner.email, language: 'fr' }] }
}
