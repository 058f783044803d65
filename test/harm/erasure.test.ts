/** A person is erased: what every key at hand opens is searched before and after, on real servers. */

import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { eraseAgain, erasePerson, type Erasing } from '../../cli/erase/erase.ts'
import { rebuildAll } from '../../cli/rebuild.ts'
import { reviveCases } from '../../cli/revive/index.ts'
import { ledgersOf, verifyAll } from '../../cli/verify.ts'
import { connect } from '../../database/connect.ts'
import { addToken, addUser } from '../../database/queries/staff.ts'
import { type RealApi, type Person, personOf, startRealApi } from '../api/installed-api.ts'
import { askPartner, complete, followedCase, must, openCase, rows } from '../api/screens/clerk.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { openedHistories, openedIn } from './opened.ts'
import { PATIENCE_MS } from '../patience.ts'

const [NAME, PHONE, NOTE, ANSWER, DRAFT, PAGE] = [
  'Zinzolin',
  '+223 70 00 45 67',
  'Amarante',
  'Byzantium',
  'Celadon',
  'Incarnat',
]
let api: RealApi
let agent: Person
let manager: Person
let supervisor: Person
let number: string
let other: string
let log: string
let erasing: Erasing
const said: string[] = []
const erase = (one: string, run = true) => erasePerson(erasing, one, run, log, (line) => said.push(line))

beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  ;[agent, manager, supervisor] = (await Promise.all(
    ['boubacar.dembele', 'fatoumata.coulibaly', 'moussa.traore'].map(api.person),
  )) as [Person, Person, Person]
  log = join(await mkdtemp(join(tmpdir(), 'segin-erasure-')), 'erasures.jsonl')
  erasing = {
    sql: api.here.db.sql,
    temporal: api.here.temporal,
    settings: { TEMPORAL_NAMESPACE: 'default' } as Erasing['settings'],
  }
  number = await followedCase(agent, supervisor, { name: `Awa ${NAME}`, phone: PHONE })
  other = await openCase(agent, { name: 'Issa Diarra' })
  await filled()
})
afterAll(async () => {
  await rm(join(log, '..'), { recursive: true, force: true })
  await api.end()
})

/** Something personal in every place that takes it. */
async function filled(): Promise<void> {
  await must(manager.post(`/api/v1/cases/${number}/actions/add_note`, { text: NOTE }))
  const answers = { report: ANSWER }
  await must(agent.post(`/api/v1/cases/${number}/actions/begin_procedure`, { procedure: 'ml-clearance', answers }))
  const waiting = await askPartner(manager, number)
  await must(manager.post(`/api/v1/work/${waiting}/link`, {}))
  await must(manager.ask('PUT', `/api/v1/work/${waiting}/draft`, { body: { answers: { reason: DRAFT } } }))
  const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.from(PAGE), randomBytes(8)])
  const headers = { 'Content-Type': 'application/pdf', 'Upload-Length': String(bytes.length + 10) }
  await must(manager.ask('POST', `/api/v1/cases/${number}/documents`, { body: bytes, headers }))
}

async function closed(): Promise<void> {
  await complete(await api.person('oumou.sacko'), number, 'road', 'clear')
  await must(manager.post(`/api/v1/cases/${number}/actions/begin_procedure`, { procedure: 'ml-closure', answers: {} }))
  await complete(manager, number, 'proposal', 'proposed', { reason: 'goals_reached' })
  await complete(supervisor, number, 'approval', 'approved')
  await complete(manager, number, 'last_meeting', 'not_possible')
  await complete(await api.person('oumou.sacko'), number, 'closing', 'clear')
  await complete(supervisor, number, 'archive', 'closed')
}

const CANARIES = [NAME, PHONE, NOTE, ANSWER, DRAFT, PAGE]
const foundIn = (text: string): string[] => CANARIES.filter((canary) => text.includes(canary))
const inDatabase = async () => foundIn(await openedIn(api.here.db))
const inEngine = () => openedHistories(api.here.temporal, api.here.codecRing)
const workflowOf = async (one: string): Promise<string> => {
  const [row] = await api.here.db.sql`select case_id from cases where number = ${one}`
  return `case-${String(row?.['caseId'])}`
}

describe('before an erasure', () => {
  it('all of it can be opened with the keys at hand, so that its absence will say something', async () => {
    expect(await inDatabase()).toEqual(CANARIES)
    const histories = await inEngine()
    expect(histories.get(await workflowOf(number))).toContain('ml-kayes')
    expect(foundIn([...histories.values()].join('\n'))).toEqual([])
  })
  it('an open case is refused, one that nobody knows is named, and a dry run changes nothing', async () => {
    await expect(erase(number)).rejects.toThrow('has to be closed first')
    await expect(erase('26-0000-000')).rejects.toThrow('There is no case')
    await closed()
    expect(await erase(number, false)).toBe(0)
    expect(said.at(-1)).toContain('Nothing was changed')
    expect(await inDatabase()).toEqual(CANARIES)
  })
  it('nothing is erased that cannot be noted outside the database', async () => {
    const nowhere = erasePerson(erasing, number, true, '/nowhere/erasures.jsonl', () => {})
    await expect(nowhere).rejects.toThrow('nothing was erased')
    expect(await inDatabase()).toEqual(CANARIES)
  })
})

describe('a person who was erased', () => {
  let copy: TestDatabase
  beforeAll(async () => {
    copy = await restorable()
    expect(await erase(number)).toBe(0)
  })
  afterAll(() => copy.drop())

  it('is in no store, log, mail or history that any key opens', async () => {
    expect(await inDatabase()).toEqual([])
    const name = await workflowOf(number)
    await vi.waitFor(async () => expect([...(await inEngine()).keys()]).not.toContain(name), PATIENCE_MS)
    expect(foundIn([...(await inEngine()).values()].join('\n'))).toEqual([])
    expect(foundIn(api.logged.join('\n'))).toEqual([])
    expect(foundIn(said.join('\n') + (await readFile(log, 'utf8')))).toEqual([])
  })

  it('leaves a receipt: what was destroyed, and when the last backup goes blind', () => {
    expect(said.join('\n')).toMatch(
      /erased\. [3-9] keys destroyed, \d+ rows and [1-9]\d* histories of the engine removed/,
    )
    const blind = new Date(Date.now() + 35 * 86_400_000).toISOString().slice(0, 10)
    expect(said.join('\n')).toContain(`goes blind on ${blind}`)
  })

  it('leaves the chain whole, and the lists of everybody else as their ledgers say', async () => {
    const lines: string[] = []
    expect(await verifyAll(ledgersOf(api.here.db.sql, api.here.db.ring), (line) => lines.push(line))).toBe(0)
    expect(lines.join()).toContain('all as they were written')
    const records = { sql: api.here.db.sql, ring: api.here.db.ring, close: async () => {} }
    expect(await rebuildAll(records, true, (line) => lines.push(line))).toBe(0)
    expect(lines.join()).toContain('1 were erased')
  })

  it('is told as erased to whoever knew the case, on every screen and act, and does not exist for anybody else', async () => {
    const paths = ['', '/timeline', '/explain', '/documents', '/live', '/notices', '/clocks', '/reads', '/disclosures']
    for (const path of paths) {
      const answer = await manager.get(`/api/v1/cases/${number}${path}`)
      expect([path, answer.status, answer.body['code']]).toEqual([path, 410, 'case_erased'])
    }
    const act = await manager.post(`/api/v1/cases/${number}/actions/add_note`, { text: 'Encore' })
    expect([act.status, act.body['code']]).toEqual([410, 'case_erased'])
    const again = await supervisor.post(`/api/v1/cases/${number}/actions/begin_procedure`, {
      procedure: 'ml-reopening',
      answers: {},
    })
    expect(again.body['code']).toBe('case_erased')
    const elsewhere = await (await somebodyElsewhere()).get(`/api/v1/cases/${number}`)
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([404, 'not_found'])
  })

  it('is in no list and found by no search', async () => {
    for (const path of ['/cases?status=closed', '/cases', '/work?scope=places', '/overdue'])
      expect((await must(manager.get(`/api/v1${path}`))).text).not.toContain(number)
    const search = await must(manager.post('/api/v1/cases/search', { name: `Awa ${NAME}`, birth: '1994' }))
    expect(rows(search, '/items')).toEqual([])
  })

  it('is not brought back by a revival, and their case takes no entry any more', async () => {
    const lines: string[] = []
    const standing = {
      ...api.here,
      sql: api.here.db.sql,
      ring: api.here.db.ring,
      installation: { kind: 'training', engine: 1 } as never,
    }
    await reviveCases(standing, { run: true, all: true, discard: true, case: number }, (line) => lines.push(line))
    expect(await inDatabase()).toEqual([])
    expect((await manager.get(`/api/v1/cases/${number}`)).status).toBe(410)
    expect([...(await inEngine()).keys()]).not.toContain(await workflowOf(number))
  })

  it('changes nothing for anybody else', async () => {
    expect((await must(agent.get(`/api/v1/cases/${other}`))).text).toContain('Issa Diarra')
    await must(agent.post(`/api/v1/cases/${other}/actions/add_note`, { text: 'Bonjour' }))
    const checked = await must(supervisor.get('/api/v1/invariants'))
    expect([checked.body['holds'], checked.text.includes(number)]).toEqual([true, false])
    expect(await erase(number)).toBe(0)
    expect(said.at(-1)).toContain('was erased before')
  })

  it('is erased again, by the log outside, from an older copy that is restored', async () => {
    expect(foundIn(await openedIn(copy))).toEqual(CANARIES)
    await eraseAgain({ ...erasing, sql: copy.sql }, log, (line) => said.push(line))
    expect(said.at(-1)).toBe('1 cases erased again.')
    expect(foundIn(await openedIn(copy))).toEqual([])
  })
})

async function somebodyElsewhere(): Promise<Person> {
  const [user, token] = ['usr-elsewhere', 'sgt_elsewhere_of_the_case']
  const about = { id: user, login: user, name: user, email: `${user}@segin.example`, language: 'fr' as const }
  await addUser(api.here.db.sql, { ...about, secret: token }, [{ role: 'supervisor', place: 'ml-sikasso' }])
  const expires = new Date('2200-01-01')
  await addToken(api.here.db.sql, { id: 'tok-elsewhere', user, token, device: null, expires })
  return personOf(api.app, user, token, api.conformance)
}

/** The database as it is now, as a backup would have it. */
async function restorable(): Promise<TestDatabase> {
  const copy = await freshDatabase(inject('postgres'))
  const owner = connect(copy.url, { as: 'owner', max: 1 })
  const from = connect(api.here.db.url, { as: 'owner', max: 1 })
  await owner`set session_replication_role = replica`
  const tables = await from<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations'`
  for (const { name } of tables) {
    const all = await from<{ row: unknown }[]>`select to_jsonb(t) as row from ${from(name)} t`
    const content = owner.json(all.map(({ row }) => row) as never)
    await owner`insert into ${owner(name)} overriding system value select * from jsonb_populate_recordset(null::${owner(name)}, ${content})`
  }
  await Promise.all([owner.end(), from.end()])
  return { ...copy, ring: api.here.db.ring }
}
