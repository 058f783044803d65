/** What an act that was never taken brought goes once its case says so: recorded, on its way, or asked of nobody, it stays. */

import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { type Forgotten, forgetOrphans } from '../../activities/forget-orphans.ts'
import { connect, type Sql } from '../../database/connect.ts'
import { openCaseRow } from '../../database/ledger.ts'
import { findDocument, holdDocuments, insertDocument, sweepDocuments } from '../../database/queries/documents.ts'
import { keepPerson } from '../../database/queries/people.ts'
import { keepPersonal, openPersonal } from '../../database/queries/personal.ts'
import { sendAct } from '../../api/acts/send.ts'
import { caseWorkflowId, disownedQuery } from '../../workflows/messages.ts'
import { startSweeper } from '../../worker/sweeper.ts'
import { startRealApi, type RealApi, type Person } from '../api/installed-api.ts'
import { complete, must, openCase, today } from '../api/screens/clerk.ts'
import { action, DIGEST } from '../workflows/acting.ts'
import { PATIENCE_MS } from '../patience.ts'

let api: RealApi
let owner: Sql
let agent: Person
let supervisor: Person
let number: string
let caseId: string
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  owner = connect(api.here.db.url, { as: 'owner', max: 2 })
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  supervisor = await api.person('mariam.doumbia')
})
afterAll(async () => {
  await owner.end()
  await api.end()
})
beforeEach(async () => {
  await api.here.db.sql`update personal_answers set given = null`
  number = await openCase(agent)
  caseId = await idOf(number)
})

const idOf = async (one: string): Promise<string> =>
  String((await api.here.db.sql`select case_id from cases where number = ${one}`)[0]?.['caseId'])
/** As if all that was given so far had been given two hours ago. */
const twoHoursLater = async (): Promise<void> => {
  await api.here.db.sql`update personal_answers set given = given - interval '2 hours'`
  await api.here.db.sql`update documents set held_at = held_at - interval '2 hours'`
}
const sweep = (): Promise<Forgotten> =>
  forgetOrphans({ sql: api.here.db.sql, temporal: api.here.temporal }, new Date(0))
const sealed = (id: string, of = caseId): Promise<void> =>
  keepPersonal(
    api.here.db.sql,
    api.here.db.ring,
    { caseId: of, actionId: id, item: '', compartment: 'general' },
    {
      note: 'Zinzolin',
    },
  )
const fieldsOf = async (of = caseId): Promise<string[]> =>
  (await openPersonal(api.here.db.sql, api.here.db.ring, of)).map(({ field }) => field).toSorted()
const OPENED = ['birth', 'name', 'phone']

describe('what the case has taken', () => {
  it('stays, opening, steps and notes, however old', async () => {
    await must(agent.post(`/api/v1/cases/${number}/actions/add_note`, { text: 'Attend sa sœur' }))
    await twoHoursLater()
    expect(await sweep()).toEqual({ removed: 0, left: null })
    expect(await fieldsOf()).toEqual([...OPENED, 'note'].toSorted())
  })

  it('stays when the case was closed since', async () => {
    await complete(agent, number, 'triage', 'not_ours', { priority: 'none', population: 'refugee' })
    const slip = { orientation_slip: [{ paper: { kept_at: 'Classeur 4' } }] }
    await complete(agent, number, 'refugee', 'received', {}, { evidence: slip })
    await complete(supervisor, number, 'population_check', 'taken_over', { taken_by: 'mrn' })
    await sealed('late')
    const before = await fieldsOf()
    await twoHoursLater()
    expect((await sweep()).removed).toBe(1)
    expect(await fieldsOf()).toEqual(before.filter((field) => field !== 'note'))
  })

  it('is beyond what the application could remove, whatever it asks', async () => {
    await twoHoursLater()
    const [row] = await api.here.db.sql`select action_id from personal_answers where case_id = ${caseId}`
    const acts = [String(row?.['actionId'])]
    await api.here.db.sql`select forget_unrecorded(${caseId}, ${acts}, 0)`
    expect(await fieldsOf()).toEqual(OPENED)
  })
})

describe('what the case has not taken', () => {
  it('goes when the case refused it', async () => {
    const refused = action({ act: 'add_note', step: 'plan-k7m.draft.1', text: DIGEST }, [])
    await sealed(refused.id)
    expect((await sendAct({ sql: api.here.db.sql, temporal: api.here.temporal }, caseId, refused, 8000)).kind).toBe(
      'refused',
    )
    await twoHoursLater()
    expect(await sweep()).toEqual({ removed: 1, left: null })
    expect(await fieldsOf()).toEqual(OPENED)
  })

  it('goes when the case never got it, an hour after it was last given and not before', async () => {
    const id = randomUUID()
    await sealed(id)
    expect((await sweep()).removed).toBe(0)
    await twoHoursLater()
    await sealed(id)
    expect((await sweep()).removed).toBe(0)
    expect(await fieldsOf()).toEqual([...OPENED, 'note'].toSorted())
    await twoHoursLater()
    expect((await sweep()).removed).toBe(1)
  })

  it('goes with the person, when the case itself was never opened', async () => {
    const never = randomUUID()
    const row = { caseId: never, number: never.slice(0, 11), subject: 'case' as const, arrival: null }
    await openCaseRow(api.here.db.sql, api.here.db.ring, row)
    await sealed('opening', never)
    await keepPerson(api.here.db.sql, api.here.db.ring, never, { name: 'Awa Diarra', birth: '1994-01-01' })
    await twoHoursLater()
    expect((await sweep()).removed).toBe(1)
    const rows = await owner`select case_id from people where case_id = ${never}
      union all select case_id from person_marks where case_id = ${never}`
    expect(rows).toHaveLength(0)
  })

  it('is swept by the worker as it starts', async () => {
    await sealed(randomUUID())
    await twoHoursLater()
    const stop = startSweeper({ sql: api.here.db.sql, temporal: api.here.temporal }, pino({ level: 'silent' }))
    await vi.waitFor(async () => expect(await fieldsOf()).toEqual(OPENED), PATIENCE_MS)
    stop()
  })
})

describe('a document whose fortnight is over', () => {
  const held = async (...acts: string[]): Promise<string> => {
    const id = `doc-${randomUUID()}`
    const yesterday = new Date(Date.now() - 86_400_000)
    await insertDocument(api.here.db.sql, {
      id,
      caseId,
      byUser: 'usr-1',
      mediaType: 'image/png',
      bytes: 2,
      keptUntil: yesterday,
    })
    for (const act of acts) await holdDocuments(api.here.db.sql, [id], act)
    return id
  }
  const swept = async (id: string): Promise<boolean> => {
    await sweepDocuments(api.here.db.sql, new Date())
    return (await findDocument(api.here.db.sql, id)) === undefined
  }
  const opening = async (): Promise<string> =>
    String((await api.here.db.sql`select action_id from case_actions where case_id = ${caseId}`)[0]?.['actionId'])

  it('is let go by an act that was never taken, an hour after it held it last', async () => {
    const id = await held(randomUUID())
    expect((await sweep()).removed).toBe(0)
    expect(await swept(id)).toBe(false)
    await twoHoursLater()
    expect(await sweep()).toEqual({ removed: 1, left: null })
    expect(await swept(id)).toBe(true)
  })

  it('stays when a second try of the same person was taken', async () => {
    const id = await held(randomUUID(), await opening())
    await twoHoursLater()
    expect(await sweep()).toEqual({ removed: 1, left: null })
    expect(await swept(id)).toBe(false)
    expect(await sweep()).toEqual({ removed: 0, left: null })
  })
})

describe('everything of a case stays', () => {
  it('while an act is in hand, and that act is recorded with its answers', async () => {
    await sealed('forgotten')
    let release = (): void => {}
    const held = owner.begin(async (tx) => {
      await tx`select 1 from cases where case_id = ${caseId} for no key update`
      await new Promise<void>((done) => (release = done))
    })
    const note = { text: 'Attend sa sœur' }
    const sent = await agent.post(`/api/v1/cases/${number}/actions/add_note`, note, { Prefer: 'respond-async' })
    expect(sent.status, sent.text).toBe(202)
    await twoHoursLater()
    const { removed, left } = await sweep()
    expect([removed, left === null]).toEqual([0, false])
    release()
    await held
    await vi.waitFor(async () => {
      const receipt = await agent.get(String(sent.body['href']))
      expect(receipt.body['status']).toBe('recorded')
    }, PATIENCE_MS)
    expect(await sweep()).toEqual({ removed: 1, left: null })
    expect(await fieldsOf()).toEqual([...OPENED, 'note'].toSorted())
  })

  it('while the ledger is behind what the case knows, as after a restore', async () => {
    await sealed('forgotten')
    await twoHoursLater()
    await owner`update cases set head_seq = head_seq - 1 where case_id = ${caseId}`
    expect((await sweep()).removed).toBe(0)
    await owner`update cases set head_seq = head_seq + 1 where case_id = ${caseId}`
    expect((await sweep()).removed).toBe(1)
  })

  it('once its recording has stopped', async () => {
    await sealed('forgotten')
    await owner`update cases set head_hash = repeat('f', 64) where case_id = ${caseId}`
    await agent.post(`/api/v1/cases/${number}/actions/add_note`, { text: 'Attend' })
    await twoHoursLater()
    expect((await sweep()).removed).toBe(0)
    expect(await fieldsOf()).toContain('note')
  })

  it('while the engine is down', async () => {
    await sealed('forgotten')
    await twoHoursLater()
    await api.here.engine.crash()
    const { removed, left } = await sweep()
    expect([removed, left === null]).toEqual([0, false])
    await api.here.engine.restart()
    await vi.waitFor(async () => expect((await sweep()).removed).toBe(1), PATIENCE_MS)
  })
})

it('an arrival knows the openings of its rows', async () => {
  const flight = { place: 'senou', channel: 'air', expected: today(), headcount: 2 }
  const announced = await must(agent.post('/api/v1/arrivals', flight))
  const arrival = String(announced.body['id'])
  const people = [{ row: 'r1', name: 'Personne', birth: '1990' }]
  const added = await must(agent.post(`/api/v1/arrivals/${arrival}/actions/add_people`, { people }))
  const opening = `open-${await idOf(String(added.at('/rows/0/case')))}`
  const handle = api.here.temporal.workflow.getHandle(caseWorkflowId(await idOf(arrival)))
  expect((await handle.query(disownedQuery, [opening, 'open-another'])).acts).toEqual(['open-another'])
})
