import { GENERAL, keyOf, openKey } from '../case-keys.ts'
import type { Entry } from '../../cases/events.ts'
import type { Sql, Transaction } from '../connect.ts'
import { keepMarks } from './person-marks.ts'
import { openPersonal } from './personal.ts'
import type { Reading } from './reads.ts'
import { type KeyRing, open, seal, Unreadable } from '../keys.ts'

/** The person of a case, as told at its opening; what they would not say or do not know is absent. */
export interface Person {
  name?: string
  birth?: string
  sex?: string
  phone?: string
  language?: string
}
const MEMBERS = ['name', 'birth', 'sex', 'phone', 'language'] as const

/** Whatever an opening asks under these names. */
export const personIn = (answers: Record<string, unknown>): Person =>
  Object.fromEntries(
    MEMBERS.flatMap((member) => {
      const value = answers[member]
      return typeof value === 'string' ? [[member, value] as const] : []
    }),
  )
const bound = (caseId: string): string[] => ['person', caseId]

export async function keepPerson(sql: Sql | Transaction, ring: KeyRing, caseId: string, person: Person): Promise<void> {
  const key = await keyOf(sql, ring, caseId, GENERAL)
  if (!key) throw new Unreadable()
  const sealed = seal(key, JSON.stringify(person), bound(caseId))
  await sql`insert into people (case_id, sealed) values (${caseId}, ${sealed})
    on conflict (case_id) do update set sealed = excluded.sealed`
  await keepMarks(sql, ring, caseId, person)
}

/** For a person who is on record as reading it. */
export async function readPeople(
  sql: Sql,
  ring: KeyRing,
  caseIds: string[],
  reading: Reading,
): Promise<Map<string, Person>> {
  const [people] = await Promise.all([openPeople(sql, ring, caseIds), reading.kept])
  return people
}

/** By case id; people whose keys were destroyed are left out. What it opens is shown to nobody. */
export async function openPeople(
  sql: Sql | Transaction,
  ring: KeyRing,
  caseIds: string[],
): Promise<Map<string, Person>> {
  const rows = await sql<{ caseId: string; sealed: Buffer; wrapped: Buffer }[]>`select p.case_id, p.sealed, k.wrapped
    from people p join case_keys k on k.case_id = p.case_id
    where p.case_id = any(${caseIds}) and k.compartment = ${GENERAL} and k.wrapped is not null`
  return new Map(
    rows.map(({ caseId, sealed, wrapped }) => {
      const told: unknown = JSON.parse(open(openKey(ring, caseId, GENERAL, wrapped), sealed, bound(caseId)))
      return [caseId, typeof told === 'object' ? personIn({ ...told }) : {}]
    }),
  )
}

/** Follows corrections of the opening in the transaction that records them; personal answers were kept before. */
export async function followCorrections(tx: Transaction, ring: KeyRing, caseId: string, entries: Entry[]) {
  const corrections = entries.filter(({ event }) => event.kind === 'opening_corrected')
  if (corrections.length === 0) return
  const sealed = await openPersonal(tx, ring, caseId)
  let person = (await openPeople(tx, ring, [caseId])).get(caseId) ?? {}
  for (const { action, event } of corrections) {
    const personal = sealed.filter((one) => one.actionId === action && one.item === '')
    const told = Object.fromEntries(personal.map(({ field, value }) => [field, value]))
    person = { ...person, ...personIn(event.kind === 'opening_corrected' ? event.answers : {}), ...personIn(told) }
  }
  await keepPerson(tx, ring, caseId, person)
}
