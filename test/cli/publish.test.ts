/** A new version of a procedure is published while cases run: new runs take it, old ones stay, both are listed. */

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { publishCountry } from '../../cli/publish/index.ts'
import { countryOf } from '../../cli/start/first-run.ts'
import { newestSettings } from '../../database/queries/settings.ts'
import { type RealApi, type Person, startRealApi } from '../api/installed-api.ts'
import { complete, must, openCase, rows } from '../api/screens/clerk.ts'
import { until } from './started.ts'

let api: RealApi
let agent: Person
let folder: string
let old: string
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  old = await openCase(agent)
  folder = await mkdtemp(join(tmpdir(), 'segin-country-'))
  await cp('procedures/ml', folder, { recursive: true })
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await api.end()
})

async function changed(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8')
  expect(text).toContain(from)
  await writeFile(
    join(folder, file),
    text.replace(from, () => to),
  )
}
async function publish(run: boolean): Promise<string> {
  const said: string[] = []
  const { db, temporal } = api.here
  const [row] = await db.sql`select id, kind, engine from installation`
  const installation = { id: row?.['id'], kind: row?.['kind'], engine: row?.['engine'] }
  await publishCountry(
    { sql: db.sql, temporal, installation },
    await countryOf(folder),
    run,
    (line) => void said.push(line),
  )
  return said.join('\n')
}
const versions = async (): Promise<number[]> =>
  rows(await must(agent.get('/api/v1/procedures')), '/items')
    .filter((one) => one['id'] === 'ml-reception')
    .map((one) => Number(one['version']))
/** Version and hours until triage is due, of the reception of a case. */
async function receptionOf(number: string): Promise<{ version: number; hours: number | null }> {
  const { sql } = api.here.db
  const [run] = await sql`select r.version, extract(epoch from s.due - s.opened) / 3600 as hours from cases c
    join runs r on r.case_id = c.case_id and r.procedure = 'ml-reception'
    left join open_steps s on s.case_id = c.case_id and s.step = 'triage' where c.number = ${number}`
  return { version: Number(run?.['version']), hours: run?.['hours'] === null ? null : Number(run?.['hours']) }
}

it('has nothing to do with the folder that it was made from', async () => {
  expect(await publish(true)).toContain('Everything is published already.')
})

describe('a procedure that was changed', () => {
  it('is refused under the number of its version, and nothing at all is published', async () => {
    await changed('sops/reception.yaml', 'due: 2 hours', 'due: 3 hours')
    await changed('sops/transfer.yaml', 'version: 1', 'version: 2')
    await expect(publish(true)).rejects.toThrow('raise `version` in the file of ml-reception v1')
    const [row] = await api.here.db.sql`select count(*)::int as count from procedures where version = 2`
    expect(row?.['count']).toBe(0)
  })

  it('is told as new under the next number, with what runs under the old one, and nothing is changed yet', async () => {
    await changed('sops/reception.yaml', 'version: 1', 'version: 2')
    const said = await publish(false)
    expect(said).toMatch(/ml-reception v2 +open runs v1: 1 +new/)
    expect(said).toContain('Nothing was changed')
    expect(await versions()).toEqual([1])
  })

  it('is taken by new runs; what runs goes on as it began; both are listed', async () => {
    expect(await publish(true)).toContain('2 new versions are published')
    expect(await versions()).toEqual([2, 1])
    const young = await openCase(agent)
    expect(await receptionOf(young)).toEqual({ version: 2, hours: 3 })
    expect(await receptionOf(old)).toEqual({ version: 1, hours: 2 })
    await complete(agent, old, 'triage', 'ours', { priority: 'none' })
    await complete(agent, young, 'triage', 'ours', { priority: 'none' })
    expect(await receptionOf(old)).toEqual({ version: 1, hours: null })
    const national = await api.person('ibrahim.toure')
    const invariants = rows(await must(national.get('/api/v1/invariants')), '/invariants')
    expect(invariants.filter((one) => one['holds'] !== true)).toEqual([])
    expect(await publish(false)).toMatch(/ml-reception v2 +open runs v1: 1, v2: 1\n/)
  })

  it('does not go back to an older number', async () => {
    await changed('sops/reception.yaml', 'version: 2', 'version: 1')
    await changed('sops/reception.yaml', 'due: 3 hours', 'due: 2 hours')
    expect(await publish(true)).toContain('Everything is published already.')
    expect(await receptionOf(await openCase(agent))).toEqual({ version: 2, hours: 3 })
  })
})

it('a new fact reaches open cases before any run can read it; the calendar stays as it was declared', async () => {
  const { sql } = api.here.db
  const before = await newestSettings(sql)
  await changed(
    'facts.yaml',
    'facts:\n',
    'facts:\n  has_land: { type: yes_no, start: false, label: { fr: A une terre, en: Has land } }\n',
  )
  expect(await publish(true)).toContain('open cases are told')
  const after = await newestSettings(sql)
  expect(after?.version).toBe((before?.version ?? 0) + 1)
  expect(after?.facts['has_land']).toMatchObject({ type: 'yes_no', start: false })
  expect(after?.calendar).toEqual(before?.calendar)
  await until(async () => {
    const [row] = await sql`select count(*)::int as behind from cases where settings_version < ${after?.version ?? 0}`
    return row?.['behind'] === 0
  })
})
