/** Ledgers held against what was written, lists against ledgers, and a caseload that moves through a file. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { readExport, writeExport } from '../../cli/caseload.ts'
import { rebuildAll } from '../../cli/rebuild.ts'
import { publish } from '../../cli/start/first-run.ts'
import { ledgersOf, verify, verifyAll } from '../../cli/verify.ts'
import { connect, type Sql } from '../../database/connect.ts'
import { EXPORTED, LEFT } from '../../database/export.ts'
import { loadLedger } from '../../database/ledger.ts'
import { firstSettings, newestSettings } from '../../database/queries/settings.ts'
import { startInstallation, type TestInstallation } from '../installation.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'
import { recordedCase } from '../recorded-case.ts'
import type { Opened } from '../workflows/acting.ts'
import { liveOn, reviveOn } from './revive/reviving.ts'

let here: TestInstallation
let owner: Sql
let folder: string
let one: Opened
let two: Opened
beforeAll(async () => {
  here = await startInstallation(inject('postgres'))
  owner = connect(here.db.url, { as: 'owner', max: 1 })
  folder = await mkdtemp(join(tmpdir(), 'segin-caseload-'))
})
afterAll(async () => {
  await owner.end()
  await here.end()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  const tools = { sql: here.db.sql, ring: here.db.ring, temporal: here.temporal }
  one = await recordedCase(tools)
  two = await recordedCase(tools)
})

const told = async (work: (out: (line: string) => void) => Promise<number>) => {
  const said: string[] = []
  const code = await work((line) => void said.push(line))
  return { code, said: said.join('\n') }
}
const records = (db: TestDatabase) => ({ sql: db.sql, ring: db.ring, close: async () => {} })
const exported = async (): Promise<string> => {
  const file = join(folder, `${one.caseId}.jsonl`)
  await writeExport(records(here.db), file, () => {})
  return file
}

describe('segin verify', () => {
  const verified = () => told((out) => verifyAll(ledgersOf(here.db.sql, here.db.ring), out))
  const undo = async (work: () => Promise<unknown>, seq: number): Promise<void> => {
    const [row] = await owner`select * from case_events where case_id = ${one.caseId} and seq = ${seq}`
    await work()
    const { code, said } = await verified()
    expect(code).toBe(1)
    expect(said).toContain(`${one.number}: entry ${seq} `)
    expect(said).not.toContain(two.number)
    await owner`delete from case_events where case_id = ${one.caseId} and seq = ${seq}`
    await owner`insert into case_events ${owner(row ?? {})}`
    expect((await verified()).code).toBe(0)
  }
  it('finds all as it was written', async () => {
    expect((await verified()).said).toMatch(/all as they were written/)
  })
  it('names the case and the first entry that was removed', () =>
    undo(() => owner`delete from case_events where case_id = ${one.caseId} and seq = 3`, 3))
  it('names the entry whose commitment was changed', () =>
    undo(() => owner`update case_events set commitment = repeat('d', 64) where case_id = ${one.caseId} and seq = 2`, 2))
  it('names the entry whose sealed text was put in place of another, though the chain holds', () =>
    undo(
      () => owner`update case_events set sealed = (select sealed from case_events where case_id = ${one.caseId} and seq = 5)
        where case_id = ${one.caseId} and seq = 4`,
      4,
    ))
  it('still holds the chain of a case whose keys were destroyed', async () => {
    await owner`update case_keys set wrapped = null, destroyed = now() where case_id = ${two.caseId}`
    expect((await verified()).code).toBe(0)
    await owner`update case_events set hash = repeat('e', 64) where case_id = ${two.caseId} and seq = 2`
    expect((await verified()).said).toContain(`${two.number}: entry 2 `)
    await owner`delete from case_events where case_id = ${two.caseId}`
    await owner`update cases set head_seq = 0, head_hash = repeat('0', 64) where case_id = ${two.caseId}`
  })
  it('reads an export without any installation or key', async () => {
    const file = await exported()
    expect((await told((out) => verify([file], out))).code).toBe(0)
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/"commitment": ?"(..)/, '"commitment":"00'))
    expect((await told((out) => verify([file], out))).code).toBe(1)
  })
})

describe('segin rebuild', () => {
  it('finds each row and column that is not what the ledger says, and writes it anew', async () => {
    const check = () => told((out) => rebuildAll(records(here.db), true, out))
    expect((await check()).said).toMatch(/all as their ledgers say/)
    const [step] = await owner<{ item: string }[]>`delete from open_steps where case_id = ${one.caseId} returning item`
    await owner`update cases set stage = 'support', next_wake = null where case_id = ${two.caseId}`
    await owner`update runs set procedure = 'other' where case_id = ${two.caseId}`
    const { code, said } = await check()
    expect(code).toBe(1)
    expect(said).toContain(`${one.number}: open_steps ${String(step?.item)}`)
    expect(said).toMatch(new RegExp(`${two.number}: stage, next_wake, runs `))
    expect((await told((out) => rebuildAll(records(here.db), false, out))).said).toContain('2 were written anew')
    expect((await check()).code).toBe(0)
  })
  it('fills in the unit of clocks in rows of before it was kept', async () => {
    const units = () =>
      owner<
        { item: string; clockUnit: string | null }[]
      >`select item, clock_unit from open_steps where case_id = ${one.caseId} order by item`
    const before = await units()
    expect(before.map(({ clockUnit }) => clockUnit)).toContain('hours')
    await owner`update open_steps set clock_unit = null where case_id = ${one.caseId}`
    await told((out) => rebuildAll(records(here.db), false, out))
    expect(await units()).toEqual(before)
  })
})

describe('a caseload in a file', () => {
  let other: TestDatabase
  beforeAll(async () => {
    other = { ...(await freshDatabase(inject('postgres'))), ring: here.db.ring }
    const settings = await newestSettings(here.db.sql)
    if (settings) await firstSettings(other.sql, settings)
    await other.sql`insert into installation (id, kind, engine, created) values (gen_random_uuid(), 'training', 1, now())`
  })
  afterAll(() => other.drop())

  it('is refused where its procedures are not published, and added once where they are', async () => {
    const file = await exported()
    await expect(readExport(records(other), file, () => {})).rejects.toThrow(/Not published here.*ml-reception/)
    await publish(other.sql, here.country)
    const first = await told((out) => readExport(records(other), file, out))
    expect(first.code, first.said).toBe(0)
    expect((await told((out) => readExport(records(other), file, out))).said).toMatch(/^0 cases added/)
    for (const { caseId } of [one, two])
      expect(await loadLedger(other.sql, here.db.ring, caseId)).toEqual(
        await loadLedger(here.db.sql, here.db.ring, caseId),
      )
    expect((await told((out) => rebuildAll(records(other), true, out))).code).toBe(0)
    const stop = await here.work({ db: other })
    const { code, said } = await reviveOn({ ...here, db: other }, here.temporal)
    expect(code, said).toBe(0)
    expect((await liveOn(here.temporal, one.caseId)).state.incarnation).toBe(2)
    await stop()
  })
  it('of people is never practised on, nor is one that was made up taken into service', async () => {
    const file = await exported()
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"kind":"training"', '"kind":"service"'))
    await expect(readExport(records(other), file, () => {})).rejects.toThrow(
      /of a service installation.*a training one/,
    )
    await writeFile(file, text)
    await other.sql`update installation set kind = 'service'`
    await expect(readExport(records(other), file, () => {})).rejects.toThrow(
      /of a training installation.*a service one/,
    )
    await other.sql`update installation set kind = 'training'`
  })
  it('is sealed: other keys open nothing of it', async () => {
    const file = await exported()
    const foreign = { ...other, ring: { current: 'k1', keys: { k1: new Uint8Array(32) } } }
    await expect(readExport(records(foreign), file, () => {})).rejects.toThrow(/cannot be opened/)
  })
  it('leaves out no table of a case without saying so', async () => {
    const rows = await owner<{ tableName: string }[]>`select distinct table_name from information_schema.columns
      where table_schema not in ('pg_catalog', 'information_schema') and column_name in ('case_id', 'document_id')`
    const tables = rows.map((row) => String(row.tableName)).toSorted()
    expect(tables).toEqual([...EXPORTED, ...LEFT].toSorted())
  })
})
