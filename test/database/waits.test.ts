/** What the workload counts: of each person and of nobody, under row-level security, and never what is restricted. */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { asViewer, type Viewer } from '../../database/as-viewer.ts'
import { type AskedWaits, waitsOfNobody, waitsOfOwners } from '../../database/queries/waits.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'

const NOW = new Date('2026-11-23T10:00:00Z')
const day = (n: number): Date => new Date(NOW.getTime() + n * 86_400_000)
const asked: AskedWaits = {
  places: ['kayes', 'nioro', 'sikasso'],
  role: null,
  now: NOW,
  // Nioro is closed for a while: five of its working days last longer.
  soon: { places: ['kayes', 'nioro'], until: [day(7), day(14)], elsewhere: day(7) },
}
let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
  await step('late', { owner: 'awa', opened: day(-20), due: day(-3) })
  await step('soon', { owner: 'awa', opened: day(-10), due: day(6) })
  await step('later', { owner: 'awa', opened: day(-1), due: day(10) })
  await step('held', { owner: 'awa', opened: day(-40), due: day(-30), state: 'held' })
  await step('in_nioro', { owner: 'awa', opened: day(-2), due: day(10), place: 'nioro' })
  await step('hidden', { owner: 'awa', opened: day(-90), due: day(-80), visible_to: ['focal'] })
  await step('elsewhere', { owner: 'awa', opened: day(-60), due: day(-50), place: 'sikasso' })
  await step('open_to_all', { opened: day(-5), due: day(-1), next_rung_role: 'supervisor' })
  await step('open_to_all_2', { opened: day(-4), due: null })
  await step('given_by_name', { opened: day(-70), due: day(-60), users: ['issa'] })
  await step('hidden_from_all', { opened: day(-80), due: day(-70), visible_to: ['focal'] })
  await step('of_sikasso', { opened: day(-80), due: day(-70), place: 'sikasso' })
})
afterAll(() => db.drop())

async function step(name: string, more: Record<string, string | string[] | Date | null>): Promise<void> {
  const caseId = randomUUID()
  const place = String(more['place'] ?? 'kayes')
  await db.sql`insert into cases ${db.sql({ case_id: caseId, number: name, subject: 'case', status: 'open', home: place })}`
  const run = { case_id: caseId, run: 'run', procedure: 'p', version: 1, item: 'run.step.1', step: name, round: 1 }
  const none = { kind: 'task', stage: 'referral', state: 'open', users: [], told: [], breached: false, fired: 0 }
  const row = { ...run, ...none, place, roles: ['case_manager'], ...more }
  await db.sql`insert into open_steps ${db.sql(row)}`
}

const supervisor: Viewer = {
  user: 'moussa',
  pairs: ['supervisor@kayes', 'supervisor@nioro', 'focal@kayes'],
  places: ['kayes', 'nioro'],
}
const owned = () => asViewer(db.sql, supervisor, (lists) => waitsOfOwners(lists, ['awa', 'issa'], asked))
const nobodys = (more: Partial<AskedWaits> = {}) =>
  asViewer(db.sql, supervisor, (lists) => waitsOfNobody(lists, { ...asked, ...more }))

describe('what somebody carries', () => {
  it('is what is open at the places of whoever asks; neither what is held nor what is restricted, even to its own people', async () => {
    const awa = (await owned()).get('awa')
    expect(awa).toMatchObject({ open: 4, late: 1, longest: { number: 'late', step: 'late' } })
    expect(awa?.longest.opened).toEqual(day(-20))
  })

  it('is due soon as the days of its own place are counted', async () => {
    expect((await owned()).get('awa')?.dueSoon).toBe(2)
  })

  it('is nothing for who owns nothing', async () => {
    expect((await owned()).has('issa')).toBe(false)
  })
})

describe('what nobody has', () => {
  it('is told by the roles that may take it, without what was given to somebody by name', async () => {
    expect(await nobodys()).toMatchObject([
      {
        roles: ['case_manager'],
        place: 'kayes',
        open: 2,
        late: 1,
        next: ['supervisor'],
        longest: { step: 'open_to_all' },
      },
    ])
  })

  it('is only what the places and the role that were asked for hold', async () => {
    expect(await nobodys({ places: ['nioro'] })).toEqual([])
    expect(await nobodys({ role: 'centre_head' })).toEqual([])
  })
})
