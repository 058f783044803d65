/** Rule 11: intake forgets. What is taken in goes from the line into the sealed database: no file is written on its way. */

import fs from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { readExport, writeExport } from '../../cli/caseload.ts'
import { publish } from '../../cli/start/first-run.ts'
import { firstSettings, newestSettings } from '../../database/queries/settings.ts'
import { type RealApi, type Person, startRealApi } from '../api/installed-api.ts'
import { must, openCase, rows, today } from '../api/screens/clerk.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'

let api: RealApi
let agent: Person
let number: string
let folder: string
let written: string[]
let putBack: () => void
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  agent = await api.person('boubacar.dembele')
  number = await openCase(agent, { name: 'Awa Zinzolin' })
  folder = await mkdtemp(join(tmpdir(), 'segin-disk-'))
  putBack = watchFiles((path) => void written.push(path))
})
afterAll(async () => {
  putBack()
  await rm(folder, { recursive: true, force: true })
  await api.end()
})
beforeEach(() => {
  written = []
})

const READS = /^rs?$/
/** Every way in which this process opens a file to write it, or makes, links or moves one. */
function watchFiles(tell: (path: string) => void): () => void {
  const always = [
    'writeFile',
    'appendFile',
    'copyFile',
    'cp',
    'mkdir',
    'mkdtemp',
    'rename',
    'link',
    'symlink',
    'truncate',
  ]
  const names = [...always, 'open', ...[...always, 'open'].map((name) => `${name}Sync`), 'createWriteStream']
  const undo = [fs, fs.promises].flatMap((room) =>
    names.flatMap((name) => {
      const doors = room as unknown as Record<string, (...args: unknown[]) => unknown>
      const door = doors[name]
      if (door === undefined) return []
      doors[name] = (...args) => {
        const [path, flags] = args
        const reads = name.startsWith('open') && (typeof flags !== 'string' || READS.test(flags)) && flags !== 0o1
        if (!reads) tell(String(path))
        return door.apply(room, args)
      }
      return [() => void (doors[name] = door)]
    }),
  )
  syncBuiltinESMExports()
  return () => {
    for (const one of undo) one()
    syncBuiltinESMExports()
  }
}

const photo = (size: number): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.4 Amarante '), Buffer.alloc(size, 0x41), Buffer.from('%%EOF')])

describe('no file is written', () => {
  it('while a document comes in pieces, is stripped, sealed and read again', async () => {
    const bytes = photo(300_000)
    const headers = { 'Content-Type': 'application/pdf', 'Upload-Length': String(bytes.length) }
    const first = bytes.subarray(0, 32_768)
    const begun = await must(agent.ask('POST', `/api/v1/cases/${number}/documents`, { body: first, headers }))
    const href = String(begun.body['href'])
    for (let at = first.length; at < bytes.length; at += 32_768)
      await must(
        agent.ask('PATCH', href, {
          body: bytes.subarray(at, at + 32_768),
          headers: { 'Content-Type': 'application/octet-stream', 'Upload-Offset': String(at) },
        }),
      )
    expect((await must(agent.get(href))).text).toContain('Amarante')
    expect(written).toEqual([])
  })

  it('while a flight is taken in, row by row', async () => {
    const arrival = await must(
      agent.post('/api/v1/arrivals', { place: 'senou', channel: 'air', expected: today(), headcount: 3 }),
    )
    const people = ['r1', 'r2', 'r3'].map((row) => ({ row, name: `Byzantium ${row}`, birth: '1990' }))
    const path = `/api/v1/arrivals/${String(arrival.body['id'])}/actions/add_people`
    const added = await must(agent.post(path, { people }))
    expect(rows(added, '/rows').map((row) => row['result'])).toEqual(['opened', 'opened', 'opened'])
    expect(written).toEqual([])
  })

  describe('while a caseload is imported', () => {
    let other: TestDatabase
    beforeAll(async () => {
      other = { ...(await freshDatabase(inject('postgres'))), ring: api.here.db.ring }
      const settings = await newestSettings(api.here.db.sql)
      if (settings) await firstSettings(other.sql, settings)
      await other.sql`insert into installation (id, kind, engine, created)
        values (gen_random_uuid(), 'training', 1, now())`
      await publish(other.sql, api.here.country)
    })
    afterAll(() => other.drop())

    it('and the file that it comes from holds nothing in clear', async () => {
      const file = join(folder, 'caseload.jsonl')
      const close = async (): Promise<void> => {}
      await writeExport({ sql: api.here.db.sql, ring: api.here.db.ring, close }, file, () => {})
      expect([...new Set(written)]).toEqual([file])
      written = []
      expect(await readExport({ sql: other.sql, ring: other.ring, close }, file, () => {})).toBe(0)
      expect(written).toEqual([])
      expect(await readFile(file, 'utf8')).not.toMatch(/Zinzolin|Byzantium|Amarante/)
    })
  })

  it('which is seen when it happens', async () => {
    const path = join(folder, 'left')
    await writeFile(path, 'Zinzolin')
    expect(written).toContain(path)
  })
})
