/** A case with one referral under way and a few people around it, straight in the database. */

import { randomUUID } from 'node:crypto'
import { makeInstallation } from '../../database/queries/installation.ts'
import { addPartner } from '../../database/queries/partners.ts'
import { firstSettings } from '../../database/queries/settings.ts'
import { addUser } from '../../database/queries/staff.ts'
import { compileProcedure, compileSettings, type Country } from '../../procedures/language/index.ts'
import type { TestDatabase } from '../postgres.ts'
import { publishedDatabase } from '../templates.ts'

export const NUMBER = '26-3416-724'
export const DUE = '2026-12-04T17:00:00Z'
export interface OneCase {
  db: TestDatabase
  country: Country
  caseId: string
  add(row: Partial<OutboxSeed>): Promise<string>
  person(id: string, role: string, place: string, language?: 'fr' | 'en'): Promise<void>
  rows(): Promise<{ key: string; state: string; sentTo: string | null; messageId: string; problem: string | null }[]>
  /** What waits for another try is due now. */
  hurry(): Promise<void>
}
export interface OutboxSeed {
  item: string
  notice: string
  role: string
  user: string | null
  place: string | null
  due: string
  restricted: boolean
}

export async function oneCase(server: string): Promise<OneCase> {
  const { db, country } = await publishedDatabase(server)
  const { sql } = db
  await makeInstallation(sql, 'training', 1)
  await firstSettings(sql, compileSettings(country, { version: 1, offsetMs: 0 }))
  const caseId = randomUUID()
  const document = country.procedures['ml-referral']!
  const { hash } = compileProcedure(document, country)
  await sql`insert into cases (case_id, number, subject, status, case_manager) values (${caseId}, ${NUMBER}, 'case', 'open', 'usr-hawa')`
  await sql`insert into runs (case_id, run, procedure, version, hash, status, begun)
    values (${caseId}, 'referral-k7m', 'ml-referral', 1, ${hash}, 'open', now())`
  await sql`insert into open_steps (case_id, item, run, procedure, version, step, round, kind, stage, state, roles, users,
      told, place, owner, opened, due, breached, fired)
    values (${caseId}, 'referral-k7m.need.1', 'referral-k7m', 'ml-referral', 1, 'need', 1, 'task', 'referral', 'open',
      '{case_manager}', '{}', '{}', 'ml-kayes', 'usr-hawa', now(), ${DUE}, false, 0)`
  await addPartner(
    sql,
    {
      id: 'clinic',
      name: 'Clinic',
      place: 'ml-kayes',
      phone: null,
      email: 'clinic@partner.example',
      agreementUntil: null,
    },
    [],
  )
  let last = 0
  return {
    db,
    country,
    caseId,
    async add(row) {
      const seed: OutboxSeed = {
        item: 'referral-k7m.need.1',
        notice: 'reminder',
        role: 'case_manager',
        user: null,
        place: 'ml-kayes',
        due: '2026-12-03T17:00:00Z',
        restricted: false,
        ...row,
      }
      last += 1
      const key = `${caseId}/${last}`
      await sql`insert into outbox (key, case_id, item, notice, role, user_id, place, due, restricted) values
        (${key}, ${caseId}, ${seed.item}, ${seed.notice}, ${seed.role}, ${seed.user}, ${seed.place}, ${seed.due}, ${seed.restricted})`
      return key
    },
    async person(id, role, place, language = 'fr') {
      const known = { id: `usr-${id}`, login: id, name: `Name of ${id}`, email: `${id}@segin.example`, language }
      await addUser(sql, { ...known, secret: 'secret' }, [{ role, place }])
    },
    rows: () => sql`select key, state, sent_to, message_id, problem from outbox order by added, key`,
    async hurry() {
      await sql`update outbox set next_try = now(), lease_until = null where state = 'pending'`
    },
  }
}
