/** Work queues against the law said in plain words: what is hidden is left out before anything is counted or cut. */

import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { asViewer, type Viewer } from '../../database/as-viewer.ts'
import { workCounts, type WorkCursor, type WorkFilter, workRows, type WorkRow } from '../../database/queries/work.ts'
import { freshDatabase, type TestDatabase } from '../postgres.ts'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const DAY = 86_400_000
const ROLES = ['case_manager', 'supervisor', 'protection']
const PLACES = ['kayes', 'kita', 'sikasso']
const USERS = ['hawa', 'issa']

const some = <T>(from: T[]) => fc.subarray(from, { maxLength: 2 })
const seed = fc.record({
  roles: some(ROLES),
  users: fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, some(USERS)),
  told: fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, some(ROLES)),
  place: fc.option(fc.constantFrom(...PLACES), { freq: 8 }),
  owner: fc.option(fc.constantFrom(...USERS), { freq: 2 }),
  visible_to: fc.option(some(ROLES), { freq: 2 }),
  state: fc.constantFrom('open', 'open', 'open', 'waiting', 'held'),
  due: fc.option(
    fc.integer({ min: -5, max: 5 }).map((days) => new Date(NOW + days * DAY)),
    { freq: 6 },
  ),
  stage: fc.constantFrom('referral', 'follow_up'),
  procedure: fc.constantFrom('ml-plan', 'ml-referral'),
})
type Kept = ReturnType<typeof rowsOf>[number]
const rowsOf = () =>
  fc.sample(seed, { seed: 20261123, numRuns: 120 }).map((one, index) => ({ ...one, item: `run.step.${index}` }))

const asked = fc.record({
  user: fc.constantFrom(...USERS, 'nobody'),
  holds: fc.uniqueArray(fc.tuple(fc.constantFrom(...ROLES), fc.constantFrom(...PLACES)), {
    maxLength: 3,
    selector: String,
  }),
  scope: fc.constantFrom('mine' as const, 'places' as const),
  clock: fc.constantFrom('late' as const, 'soon' as const, 'held' as const, null),
  place: fc.option(some(PLACES), { freq: 2 }),
  stage: fc.option(fc.constant('referral'), { freq: 2 }),
  procedure: fc.option(fc.constant('ml-plan'), { freq: 2 }),
  owner: fc.option(fc.constantFrom(...USERS), { freq: 2 }),
  role: fc.option(fc.constantFrom(...ROLES), { freq: 2 }),
  limit: fc.integer({ min: 1, max: 9 }),
})
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never

const viewerOf = ({ user, holds }: Asked): Viewer => ({
  user,
  pairs: holds.map(([role, place]) => `${role}@${place}`),
  places: [...new Set(holds.map(([, place]) => place))],
})
const filterOf = ({ scope, clock, place, stage, procedure, owner, role }: Asked): WorkFilter => ({
  scope,
  clock,
  place,
  stage,
  procedure,
  step: null,
  owner,
  role,
  number: null,
})

let db: TestDatabase
let kept: Kept[]
beforeAll(async () => {
  db = await freshDatabase(inject('postgres'))
  kept = rowsOf()
  const cases = Array.from({ length: 12 }, (_, index) => ({
    case_id: randomUUID(),
    number: `26-${index}`,
    subject: 'case',
    status: 'open',
    stage: 'referral',
  }))
  await db.sql`insert into cases ${db.sql(cases)}`
  const rows = kept.map((one, index) => ({
    ...one,
    case_id: cases[index % cases.length]!.case_id,
    run: 'run',
    version: 1,
    step: 'step',
    round: index,
    kind: 'task',
    opened: new Date(NOW),
    clock: one.due === null ? null : `${one.item}.due`,
    clock_kind: one.due === null ? null : 'due',
    breached: false,
    fired: 0,
  }))
  await db.sql`insert into open_steps ${db.sql(rows)}`
})
afterAll(() => db.drop())

function belongs(row: Kept, { user, holds, ...one }: Asked): boolean {
  const holding = (roles: string[]) => holds.some(([role, place]) => roles.includes(role) && place === row.place)
  const named = row.owner === user || row.users.includes(user)
  const mine = named || (row.owner === null && holding(row.roles)) || holding(row.told)
  const here = mine || (one.scope === 'places' && holds.some(([, place]) => place === row.place))
  const visible = row.visible_to === null || named || holding(row.visible_to)
  return visible && here && clocked(row, one.clock) && filtered(row, one)
}
function clocked({ state, due }: Kept, clock: Asked['clock']): boolean {
  const at = due?.getTime() ?? null
  switch (clock) {
    case 'late':
      return state === 'open' && at !== null && at < NOW
    case 'soon':
      return state === 'open' && at !== null && at >= NOW && at <= NOW + 3 * DAY
    case 'held':
      return state === 'held'
    case null:
      return state !== 'waiting'
  }
}
const filtered = (row: Kept, one: Omit<Asked, 'user' | 'holds'>): boolean =>
  (one.place === null || (row.place !== null && one.place.includes(row.place))) &&
  (one.stage === null || row.stage === one.stage) &&
  (one.procedure === null || row.procedure === one.procedure) &&
  (one.owner === null || row.owner === one.owner) &&
  (one.role === null || row.roles.includes(one.role))

async function pages(one: Asked): Promise<WorkRow[]> {
  const all: WorkRow[] = []
  let after: WorkCursor | null = null
  for (;;) {
    const page = { limit: one.limit, after }
    const rows: WorkRow[] = await asViewer(db.sql, viewerOf(one), (lists) =>
      workRows(lists, viewerOf(one), filterOf(one), new Date(NOW), page),
    )
    all.push(...rows)
    const last = rows.at(-1)
    if (last === undefined || rows.length < one.limit) return all
    after = { due: last.due?.getTime() ?? null, caseId: last.caseId, item: last.item }
  }
}
const law = (check: (one: Asked) => Promise<void>) =>
  fc.assert(fc.asyncProperty(asked, check), { seed: 20261123, numRuns: 300 })

describe('a work queue', () => {
  it('holds what its viewer may see and asked for, all of it, page after page, nothing twice', () =>
    law(async (one) => {
      const expected = kept.filter((row) => belongs(row, one)).map((row) => row.item)
      const found = await pages(one)
      expect(found.map((row) => row.item).toSorted()).toEqual(expected.toSorted())
      const dues = found.map((row) => row.due?.getTime() ?? Infinity)
      expect(dues).toEqual(dues.toSorted((a, b) => a - b))
    }))
  it('counts exactly the rows that it would show', () =>
    law(async (one) => {
      const counts = await asViewer(db.sql, viewerOf(one), (lists) =>
        workCounts(lists, viewerOf(one), filterOf(one), new Date(NOW)),
      )
      expect(counts.late + counts.dueToday + counts.later).toBe(kept.filter((row) => belongs(row, one)).length)
      expect(counts.byStep.reduce((sum, step) => sum + step.late, 0)).toBe(counts.late)
    }))
  it('shows a restricted row to nobody by rank or place alone', async () => {
    const rank = { user: 'nobody', places: PLACES, pairs: PLACES.map((place) => `regional@${place}`) }
    const all = { scope: 'places', clock: null, place: null, stage: null, procedure: null } as const
    const filter: WorkFilter = { ...all, step: null, owner: null, role: null, number: null }
    const page = { limit: 1000, after: null }
    const found = await asViewer(db.sql, rank, (lists) => workRows(lists, rank, filter, new Date(NOW), page))
    const open = kept.filter((row) => row.visible_to === null && row.place !== null && row.state !== 'waiting')
    expect(found.map((row) => row.item).toSorted()).toEqual(open.map((row) => row.item).toSorted())
  })
})
