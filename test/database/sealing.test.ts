import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { keyOf } from '../../database/case-keys.ts'
import { connect, type Sql } from '../../database/connect.ts'
import { type KeyRing, Unreadable } from '../../database/keys.ts'
import { firstBrokenLink, loadLedger, recordBatch } from '../../database/ledger.ts'
import { addPiece, findDocument, insertDocument, openDocument } from '../../database/queries/documents.ts'
import { readDraft, saveDraft } from '../../database/queries/drafts.ts'
import { keepPerson, openPeople } from '../../database/queries/people.ts'
import { keepPersonal, openPersonal } from '../../database/queries/personal.ts'
import { Reading } from '../../database/queries/reads.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { batchOf, FIRST, headOf, newWriter, noted, type Writer } from './writer.ts'

let db: TestDatabase
/** Moves ciphertexts about, as somebody with the rights of the owner could. */
let owner: Sql
let awa: Writer
let issa: Writer

beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
  owner = connect(db.url, { as: 'owner', max: 1 })
})
afterAll(async () => {
  await owner.end()
  await db.drop()
})
beforeEach(async () => {
  ;[awa, issa] = await Promise.all([newWriter(db), newWriter(db)])
})

const reading = () => Reading.by(db.sql, [])
const load = (one: Writer, ring = db.ring) => loadLedger(db.sql, ring, one.caseId)
const record = (one: Writer, list = [noted(1), noted(2, 'restricted:x'), noted(3)]) =>
  recordBatch(db.sql, db.ring, batchOf(one, FIRST, list))
const destroy = (one: Writer, compartment: string) =>
  db.sql`update case_keys set wrapped = null, destroyed = now()
    where case_id = ${one.caseId} and compartment = ${compartment}`

describe('what is sealed', () => {
  it('holds nothing in clear', async () => {
    await record(awa, [noted(1, 'general', 'Awa Diarra')])
    await keepPerson(db.sql, db.ring, awa.caseId, { name: 'Awa Diarra' })
    const rows = await db.sql`select sealed from case_events where case_id = ${awa.caseId}
      union all select sealed from people where case_id = ${awa.caseId}
      union all select wrapped from case_keys where case_id = ${awa.caseId}`
    expect(rows).toHaveLength(4)
    for (const { sealed } of rows) expect(Buffer.from(sealed).toString('latin1')).not.toMatch(/Awa|noted|name/)
  })
  it('says nothing when it cannot be opened, not even what was wrong', async () => {
    await record(awa)
    const stranger: KeyRing = { current: 'k1', keys: { k1: randomBytes(32) } }
    const error: unknown = await load(awa, stranger).catch((one: unknown) => one)
    expect(error).toMatchObject({ code: 'unreadable', message: 'sealed data cannot be opened with the keys at hand' })
  })
})

describe('a ciphertext that was moved is refused', () => {
  it('to another number of its own ledger', async () => {
    await record(awa)
    await owner`update case_events a set sealed = b.sealed from case_events b
      where a.case_id = ${awa.caseId} and b.case_id = a.case_id and a.seq = 1 and b.seq = 3`
    await expect(load(awa)).rejects.toBeInstanceOf(Unreadable)
  })
  it('to the ledger of another case, also with its key', async () => {
    await Promise.all([record(awa), record(issa)])
    await owner`update case_events a set sealed = b.sealed from case_events b
      where a.case_id = ${awa.caseId} and b.case_id = ${issa.caseId} and a.seq = b.seq`
    await expect(load(awa)).rejects.toBeInstanceOf(Unreadable)
    await owner`update case_keys a set wrapped = b.wrapped from case_keys b
      where a.case_id = ${awa.caseId} and b.case_id = ${issa.caseId} and a.compartment = b.compartment`
    await expect(load(awa)).rejects.toBeInstanceOf(Unreadable)
  })
  it('out of a restricted compartment', async () => {
    await record(awa)
    await owner`update case_events set compartment = 'general' where case_id = ${awa.caseId} and seq = 2`
    await expect(load(awa)).rejects.toBeInstanceOf(Unreadable)
  })
  it('as the key of one compartment under the name of another', async () => {
    await record(awa)
    await owner`update case_keys a set wrapped = b.wrapped from case_keys b where a.case_id = ${awa.caseId}
      and b.case_id = a.case_id and a.compartment = 'restricted:x' and b.compartment = 'general'`
    await expect(load(awa)).rejects.toBeInstanceOf(Unreadable)
  })
  it.each(['field', 'item', 'action_id', 'case_id'])('to another %s of a personal answer', async (column) => {
    const at = { caseId: awa.caseId, actionId: 'a1', item: 'plan-k7m.need.1', compartment: 'general' }
    await keepPersonal(db.sql, db.ring, at, { phone: '70 00 00 00' })
    expect(await openPersonal(db.sql, db.ring, awa.caseId)).toHaveLength(1)
    const elsewhere = column === 'case_id' ? issa.caseId : 'other'
    await owner`update personal_answers set ${owner(column)} = ${elsewhere} where case_id = ${awa.caseId}`
    const reader = column === 'case_id' ? issa : awa
    await expect(openPersonal(db.sql, db.ring, reader.caseId)).rejects.toBeInstanceOf(Unreadable)
  })
  it('to the draft of a colleague, to another person, to another place in a document', async () => {
    const draft = { caseId: awa.caseId, item: 'i', user: 'usr-1' }
    await saveDraft(db.sql, db.ring, { ...draft, content: { reason: 'r' }, at: 0 })
    await owner`update drafts set user_id = 'usr-2' where case_id = ${awa.caseId}`
    await expect(readDraft(db.sql, db.ring, { ...draft, user: 'usr-2' }, reading())).rejects.toBeInstanceOf(Unreadable)

    await keepPerson(db.sql, db.ring, awa.caseId, { name: 'Awa' })
    await owner`update people set case_id = ${issa.caseId} where case_id = ${awa.caseId}`
    await expect(openPeople(db.sql, db.ring, [issa.caseId])).rejects.toBeInstanceOf(Unreadable)

    const id = `doc-${awa.number}`
    const sent = { id, caseId: awa.caseId, byUser: 'usr-1', mediaType: 'image/png', bytes: 4, keptUntil: new Date() }
    await insertDocument(db.sql, sent)
    const row = await findDocument(db.sql, id)
    await addPiece(db.sql, db.ring, row!, 0, Buffer.from('ab'))
    await owner`update document_pieces set at_byte = 2 where document_id = ${id}`
    await expect(openDocument(db.sql, db.ring, row!)).rejects.toBeInstanceOf(Unreadable)
  })
})

describe('a key that was destroyed', () => {
  it('leaves its entries as erased, and the chain verifiable', async () => {
    await record(awa)
    await destroy(awa, 'restricted:x')
    const ledger = await load(awa)
    expect(ledger?.entries.map((entry) => entry.seq)).toEqual([1, 3])
    expect(ledger).toMatchObject({ erased: [2], head: { seq: 3 } })
    expect(await firstBrokenLink(db.sql, awa.caseId)).toBeNull()
  })
  it('takes no more entries, and is not made anew', async () => {
    const one = batchOf(awa, FIRST, [noted(1, 'restricted:x')])
    await recordBatch(db.sql, db.ring, one)
    await destroy(awa, 'restricted:x')
    const more = batchOf(awa, headOf(one), [noted(2), noted(3, 'restricted:x')])
    await expect(recordBatch(db.sql, db.ring, more)).rejects.toBeInstanceOf(Unreadable)
    expect(await load(awa)).toMatchObject({ head: { seq: 1 }, entries: [], erased: [1] })
    expect(await keyOf(db.sql, db.ring, awa.caseId, 'restricted:x')).toBeUndefined()
  })
  it('erases people and personal answers, and only theirs', async () => {
    for (const { caseId } of [awa, issa]) {
      await keepPerson(db.sql, db.ring, caseId, { name: `of ${caseId}` })
      await keepPersonal(db.sql, db.ring, { caseId, actionId: 'a', item: '', compartment: 'general' }, { phone: '1' })
    }
    await destroy(awa, 'general')
    const people = await openPeople(db.sql, db.ring, [awa.caseId, issa.caseId])
    expect([...people]).toEqual([[issa.caseId, { name: `of ${issa.caseId}` }]])
    expect(await openPersonal(db.sql, db.ring, awa.caseId)).toEqual([])
    expect(await openPersonal(db.sql, db.ring, issa.caseId)).toHaveLength(1)
  })
})

describe('master keys', () => {
  it('take turns: the newest wraps, the older ones still open, and a lost one opens nothing', async () => {
    await record(awa)
    const ring: KeyRing = { current: 'k2', keys: { ...db.ring.keys, k2: randomBytes(32) } }
    expect((await load(awa, ring))?.entries).toHaveLength(3)
    await keyOf(db.sql, ring, awa.caseId, 'restricted:new')
    expect(await keyOf(db.sql, ring, awa.caseId, 'restricted:new')).toHaveLength(32)
    await expect(keyOf(db.sql, db.ring, awa.caseId, 'restricted:new')).rejects.toBeInstanceOf(Unreadable)
    await expect(load(awa, { current: 'k2', keys: { k2: ring.keys['k2']! } })).rejects.toBeInstanceOf(Unreadable)
  })
})

describe('a personal answer', () => {
  it('stays as it was first kept: a retry with other content changes nothing', async () => {
    const at = { caseId: awa.caseId, actionId: 'a1', item: '', compartment: 'general' }
    await keepPersonal(db.sql, db.ring, at, { phone: 'first' })
    await keepPersonal(db.sql, db.ring, at, { phone: 'second', name: 'Awa' })
    const kept = await openPersonal(db.sql, db.ring, awa.caseId)
    expect(Object.fromEntries(kept.map((one) => [one.field, one.value]))).toEqual({ phone: 'first', name: 'Awa' })
  })
  it('cannot be rewritten or removed by the application', async () => {
    await expect(db.sql`update personal_answers set item = 'x'`).rejects.toThrow(/permission denied/)
    await expect(db.sql`delete from personal_answers`).rejects.toThrow(/permission denied/)
  })
})

describe('a draft', () => {
  it('is one per person and step, the newest', async () => {
    const draft = { caseId: awa.caseId, item: 'i', user: 'usr-1' }
    await saveDraft(db.sql, db.ring, { ...draft, content: 1, at: 1_000 })
    await saveDraft(db.sql, db.ring, { ...draft, content: 2, at: 2_000 })
    expect(await readDraft(db.sql, db.ring, draft, reading())).toEqual({ content: 2, saved: new Date(2_000) })
    expect(await readDraft(db.sql, db.ring, { ...draft, user: 'usr-2' }, reading())).toBeUndefined()
  })
})
