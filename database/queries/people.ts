import { GENERAL, keyOf, keysOf } from '../case-keys.ts'
import type { Sql } from '../connect.ts'
import { type KeyRing, open, seal, Unreadable } from '../keys.ts'

/** The person of a case, as told at its opening; what they would not say or do not know is absent. */
export interface Person {
  name?: string
  birth?: string
  sex?: string
  phone?: string
  language?: string
}
const bound = (caseId: string): string[] => ['person', caseId]

export async function keepPerson(sql: Sql, ring: KeyRing, caseId: string, person: Person): Promise<void> {
  const key = await keyOf(sql, ring, caseId, GENERAL)
  if (!key) throw new Unreadable()
  const sealed = seal(key, JSON.stringify(person), bound(caseId))
  await sql`insert into people (case_id, sealed) values (${caseId}, ${sealed})
    on conflict (case_id) do update set sealed = excluded.sealed`
}

/** By case id; people whose keys were destroyed are left out. */
export async function readPeople(sql: Sql, ring: KeyRing, caseIds: string[]): Promise<Map<string, Person>> {
  const rows = await sql`select case_id, sealed from people where case_id = any(${caseIds})`
  const people = new Map<string, Person>()
  for (const row of rows) {
    const key = (await keysOf(sql, ring, row['case_id'])).get(GENERAL)
    if (key) people.set(row['case_id'], JSON.parse(open(key, row['sealed'], bound(row['case_id']))))
  }
  return people
}
