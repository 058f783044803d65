/** Row-level security under the lists, tried with the application's own sign-in and SQL that no list would write. */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { asViewer, type Viewer } from '../../database/as-viewer.ts'
import type { Transaction } from '../../database/connect.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'

const SECURED = ['cases', 'open_steps', 'runs', 'overrides', 'person_marks']
const CASES = ['kayes', 'sikasso', 'moved', 'confidential'] as const
type Name = (typeof CASES)[number]

let db: TestDatabase
const ids = Object.fromEntries(CASES.map((name) => [name, randomUUID()])) as Record<Name, string>
const nameOf = (caseId: unknown): string => CASES.find((name) => ids[name] === caseId) ?? String(caseId)

beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
  const home: Record<Name, string> = { kayes: 'kayes', sikasso: 'sikasso', moved: 'sikasso', confidential: 'sikasso' }
  const cases = CASES.map((name) => ({
    case_id: ids[name],
    number: name,
    subject: 'case',
    status: 'open',
    home: home[name],
  }))
  await db.sql`insert into cases ${db.sql(cases)}`
  // A case of Sikasso with one step in Kayes, and one with a restricted run that Kayes is assigned to.
  await addStep('kayes', 'kayes', null)
  await addStep('sikasso', 'sikasso', null)
  await addStep('moved', 'kayes', null)
  await addStep('confidential', 'kayes', ['focal'], 'accused')
  for (const name of CASES) {
    const caseId = ids[name]
    await db.sql`insert into person_marks (mark, case_id) values (7, ${caseId})`
    await db.sql`insert into overrides (case_id, item, run, step, place, cause, proposed)
      values (${caseId}, 'run.step.1', 'run', 'step', 'kayes', 'other', now())`
  }
})
afterAll(() => db.drop())

async function addStep(name: Name, place: string, visibleTo: string[] | null, hiddenFrom: string | null = null) {
  const run = { case_id: ids[name], run: 'run', procedure: 'p', version: 1, visible_to: visibleTo }
  const step = { item: 'run.step.1', step: 'step', round: 1, kind: 'task', stage: 'referral', state: 'open', place }
  const none = { users: [], told: [], opened: new Date(), breached: false, fired: 0 }
  await db.sql`insert into runs ${db.sql({ ...run, hash: 'h', status: 'open', begun: new Date(), hidden_from: hiddenFrom })}`
  await db.sql`insert into open_steps ${db.sql({ ...run, ...step, ...none, roles: ['case_manager'] })}`
}

const holding = (user: string, ...pairs: string[]): Viewer => ({
  user,
  pairs,
  places: pairs.map((pair) => pair.split('@')[1] ?? ''),
})
const seenIn = async (viewer: Viewer, table: string): Promise<string[]> =>
  asViewer(db.sql, viewer, async (lists) =>
    (await lists.unsafe(`select case_id from ${table}`)).map((row) => nameOf(row['caseId'])).toSorted(),
  )
/** As the role of lists, without saying for whom. */
const unsaid = <T>(ask: (tx: Transaction) => Promise<T>) =>
  db.sql.begin(async (tx) => {
    await tx`set local role segin_lists`
    return ask(tx)
  })

it('covers every table that lists may read, and lists may read no other', async () => {
  const readable = await db.sql`select table_name as name from information_schema.role_table_grants
    where grantee = 'segin_lists' order by 1`
  expect(readable.map((row) => String(row['name']))).toEqual(SECURED.toSorted())
  const secured = await db.sql`select relname as name from pg_class where relrowsecurity order by 1`
  expect(secured.map((row) => String(row['name']))).toEqual(SECURED.toSorted())
})

describe.each(SECURED)('%s', (table) => {
  it('is empty until somebody says for whom it is asked', async () => {
    expect(await db.sql.unsafe(`select from ${table}`)).toHaveLength(CASES.length)
    expect(await unsaid(async (tx) => [...(await tx.unsafe(`select * from ${table}`))])).toEqual([])
    expect(await seenIn(holding('nobody'), table)).toEqual([])
  })
  it('cannot be changed by a list, not even the rows that it shows', async () => {
    for (const change of [
      `update ${table} set case_id = case_id`,
      `delete from ${table}`,
      `insert into ${table} default values`,
    ])
      await expect(unsaid((tx) => tx.unsafe(change))).rejects.toThrow(/permission denied/)
    const inside = (lists: Transaction) => lists.unsafe(`update ${table} set case_id = case_id`)
    await expect(asViewer(db.sql, holding('awa', 'case_manager@kayes'), inside)).rejects.toThrow(
      /permission denied|read-only/,
    )
  })
  it('says nothing of who was asked for before, on the same connection', async () => {
    await seenIn(holding('awa', 'case_manager@kayes', 'case_manager@sikasso'), table)
    expect(await unsaid(async (tx) => [...(await tx.unsafe(`select * from ${table}`))])).toEqual([])
  })
})

it('shows the cases of the viewer’s places, those with a step there, and those that they manage', async () => {
  expect(await seenIn(holding('awa', 'case_manager@kayes'), 'cases')).toEqual(['kayes', 'moved'])
  expect(await seenIn(holding('awa', 'case_manager@sikasso'), 'cases')).toEqual(['confidential', 'moved', 'sikasso'])
  await db.sql`update cases set case_manager = 'issa' where case_id = ${ids.sikasso}`
  expect(await seenIn(holding('issa'), 'cases')).toEqual(['sikasso'])
})

it('shows the steps of the viewer’s places only', async () => {
  expect(await seenIn(holding('awa', 'case_manager@kayes'), 'open_steps')).toEqual(['kayes', 'moved'])
  expect(await seenIn(holding('awa', 'supervisor@sikasso'), 'open_steps')).toEqual(['sikasso'])
})

describe('a restricted run', () => {
  const everywhere = ['supervisor', 'national_coordination', 'case_manager'].flatMap((role) => [
    `${role}@kayes`,
    `${role}@sikasso`,
  ])
  it.each(['open_steps', 'runs', 'overrides'])('has no row in %s for rank or place', async (table) => {
    expect(await seenIn(holding('mariam', ...everywhere), table)).not.toContain('confidential')
  })
  it('has its rows for whoever may be assigned to it, where its step is, and not elsewhere', async () => {
    for (const table of ['open_steps', 'runs', 'cases', 'person_marks'])
      expect(await seenIn(holding('oumou', 'focal@kayes'), table)).toContain('confidential')
    expect(await seenIn(holding('oumou', 'focal@sikasso'), 'open_steps')).not.toContain('confidential')
  })
  it('has none for whom it is about, whatever they hold', async () => {
    const accused = holding('accused', ...everywhere, 'focal@kayes')
    for (const table of ['open_steps', 'runs', 'overrides'])
      expect(await seenIn(accused, table)).not.toContain('confidential')
  })
  it('is in no count, no order and no error of hand-written SQL', async () => {
    const mariam = holding('mariam', ...everywhere)
    const asked = await asViewer(
      db.sql,
      mariam,
      (lists) =>
        lists<{ count: number }[]>`
          select count(*)::int as count from open_steps where visible_to is not null or 1 / (case when visible_to is null then 1 else 0 end) = 0`,
    )
    expect(asked[0]?.count).toBe(0)
  })
})

it('lets a list read no key, entry, person, answer, mail, link, token or read trace', async () => {
  const rest =
    await db.sql`select tablename as name from pg_tables where schemaname = 'public' and tablename <> all(${SECURED})`
  expect(rest.length).toBeGreaterThan(20)
  for (const row of rest)
    await expect(unsaid((tx) => tx.unsafe(`select from ${String(row['name'])}`))).rejects.toThrow(/permission denied/)
})
