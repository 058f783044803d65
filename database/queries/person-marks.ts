/** Looking for a person among all cases, by what their name, birth and telephone have in common with it. */

import { createHmac } from 'node:crypto'
import { type Mark, marksFor, marksOf, type Told } from '../../cases/same-person/marks.ts'
import { asViewer, type Viewer } from '../as-viewer.ts'
import type { Sql, Transaction } from '../connect.ts'
import { derivedKey, type KeyRing } from '../keys.ts'

/** 32 bits: enough to find one among millions, too few to prove whom a mark is of. */
function digestsOf(ring: KeyRing, marks: Mark[]): number[] {
  const key = derivedKey(ring, 'segin person marks')
  const digest = ({ kind, text }: Mark): number =>
    createHmac('sha256', key).update(`${kind}|${text}`).digest().readInt32BE(0)
  return [...new Set(marks.map(digest))]
}

/** Replaces what was kept of the person before. */
export async function keepMarks(sql: Sql | Transaction, ring: KeyRing, caseId: string, told: Told): Promise<void> {
  const rows = digestsOf(ring, marksOf(told)).map((mark) => ({ mark, caseId }))
  await sql`delete from person_marks where case_id = ${caseId}`
  if (rows.length > 0) await sql`insert into person_marks ${sql(rows)} on conflict do nothing`
}

export interface Found {
  caseId: string
  number: string
  status: 'open' | 'closed'
  stage: string
  place: string | null
  caseManager: string | null
}
export interface Looking {
  told: Told
  /** Two names alone count too: for a search, where somebody reads the list, not for a warning. */
  namesAlone: boolean
  /** The case that the person was just entered in. */
  except: string | null
  most: number
}

/** Cases that the viewer's lists show, best marked first, and whether others have a mark that tells people apart. */
export async function findPerson(
  sql: Sql,
  ring: KeyRing,
  viewer: Viewer,
  { told, namesAlone, except, most }: Looking,
): Promise<{ known: Found[]; elsewhere: boolean }> {
  const marks = marksFor(told)
  const telling = digestsOf(
    ring,
    marks.filter(({ kind }) => kind !== 'names'),
  )
  const wide = namesAlone ? digestsOf(ring, marks) : telling
  if (wide.length === 0) return { known: [], elsewhere: false }
  const listed = sql`(c.case_manager = ${viewer.user} or c.home = any(${viewer.places}) or c.centre = any(${viewer.places}))`
  // A duplicate that was merged is found under the case that it was merged into.
  const real = sql`c.subject = 'case' and c.status <> 'new' and c.merged_into is null
    and c.case_id is distinct from ${except}::uuid`
  const [known, [others]] = await Promise.all([
    asViewer(
      sql,
      viewer,
      (lists) => lists<Found[]>`
        select c.case_id, c.number, c.status, c.stage, coalesce(c.home, c.centre) as place, c.case_manager
        from (select case_id, count(*) as shared from person_marks where mark = any(${wide}) group by case_id) m
        join cases c using (case_id) where ${real} and ${listed}
        order by m.shared desc, c.opened desc, c.case_id limit ${most}`,
    ),
    sql<[{ found: boolean }]>`select exists (select from person_marks m join cases c using (case_id)
      where m.mark = any(${telling}) and ${real} and ${listed} is not true) as found`,
  ])
  return { known, elsewhere: others.found }
}
