/** A list tells lateness in the unit of the clock itself, whatever the newest text of the step says. */

import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { labelsFrom } from '../../../api/case/labels.ts'
import { rowBody } from '../../../api/screens/work-row.ts'
import type { RecordBatch } from '../../../cases/batch.ts'
import { changesBetween, overviewOf } from '../../../cases/overview.ts'
import { deadlineText } from '../../../cases/words/deadlines.ts'
import { asViewer } from '../../../database/as-viewer.ts'
import { recordBatch } from '../../../database/ledger.ts'
import { type WorkRow, workRows } from '../../../database/queries/work.ts'
import type { Country } from '../../../procedures/language/country.ts'
import { decision, procedure, SETTINGS, task, term, within } from '../../cases/build.ts'
import { Life } from '../../cases/life.ts'
import { batchOf, FIRST, headOf, newWriter, noted } from '../../database/writer.ts'
import { mali } from '../../mali.ts'
import { freshDatabase, type TestDatabase } from '../../postgres.ts'

const HOUR = 3_600_000
const viewer = { user: 'awa', pairs: ['case_manager@ml-kayes'], places: ['ml-kayes'] }
const filter = {
  scope: 'places' as const,
  place: null,
  stage: null,
  procedure: null,
  step: 'draft',
  owner: null,
  role: null,
  clock: null,
}
let db: TestDatabase
let country: Country
beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
  country = await mali()
})
afterAll(() => db.drop())

/** A draft of ten days that was sent back for three hours. */
function sentBack(): Life {
  const back = { backTo: { step: 'draft', within: [term(3, 'hours')], atMost: 2, then: 'deadlock' } }
  const outcomes = { approved: {}, sent_back: back, deadlock: { byHand: false } }
  const life = Life.open([
    procedure('t-a', [task('draft', { due: within(10, 'days') }), decision('check', { after: ['draft'], outcomes })]),
  ])
  life.ends('draft')
  life.decides('check', 'sent_back')
  return life
}
async function listed(number: string, now: number): Promise<WorkRow> {
  const page = { limit: 5, after: null }
  const rows = await asViewer(db.sql, viewer, (lists) =>
    workRows(lists, viewer, { ...filter, number }, new Date(now), page),
  )
  return rows[0]!
}
function told(row: WorkRow, now: number): string | undefined {
  const holds = [{ role: 'case_manager', place: 'ml-kayes', organisation: 'cnrm', until: null }]
  const principal = { kind: 'user' as const, user: 'awa', holds }
  const session = { user: 'awa', name: 'Awa', token: 't', principal, feeds: [], holds, settings: SETTINGS, now }
  const labels = labelsFrom({ country, names: new Map(), language: 'en', self: 'awa', state: null })
  const partner = (id: string): string => id
  const body = rowBody(row, {
    country,
    settings: SETTINGS,
    session,
    scope: 'places',
    labels,
    partner,
    now,
    language: 'en',
  })
  return body.deadline?.text
}
async function record(overview: RecordBatch['overview']) {
  const writer = await newWriter(db)
  const batch = batchOf(writer, FIRST, [noted(1)], { overview })
  expect(await recordBatch(db.sql, db.ring, batch)).toEqual({ kind: 'recorded', ...headOf(batch) })
  return writer
}

it('a step sent back for three hours is late by hours, on its list as on its page', async () => {
  const life = sentBack()
  const clock = life.state.clocks[`${life.item('draft')}.due`]!
  const now = clock.target + 5 * HOUR
  const writer = await record(changesBetween(null, overviewOf(life.state, { settings: SETTINGS })))
  const onPage = deadlineText(clock, now, SETTINGS, 'en')
  expect(onPage).toContain('5 hours late')
  expect(told(await listed(writer.number, now), now)).toBe(onPage)
})

it('a batch of an older worker, which says no unit, is recorded without one and told in days', async () => {
  const life = sentBack()
  const whole = changesBetween(null, overviewOf(life.state, { settings: SETTINGS }))
  const steps = whole.steps.map((row) => {
    const older = { ...row }
    delete older.clockUnit
    return older
  })
  const { number } = await record({ ...whole, steps })
  const now = life.state.clocks[`${life.item('draft')}.due`]!.target + 50 * HOUR
  const row = await listed(number, now)
  expect(row.clockUnit).toBeNull()
  expect(told(row, now)).toContain('2 days late')
})
