/** Twin worlds find what leaks: each leak here is planted on purpose, and must be seen. */

import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type * as View from '../../cases/view.ts'
import type * as WhyNot from '../../cases/why-not.ts'
import type * as Asleep from '../../database/queries/asleep.ts'
import type * as AsViewer from '../../database/as-viewer.ts'
import type * as Cases from '../../database/queries/cases.ts'
import type * as Outbox from '../../database/queries/outbox.ts'
import type * as Mail from '../../database/queries/mail.ts'
import type * as Troubles from '../../database/queries/troubles.ts'
import type { Refusal } from '../../cases/refusals.ts'
import type { CaseState } from '../../cases/state.ts'
import { compareMail, compareReading } from './compare.ts'
import { begin, CHAPTERS, KEYS, type Twins } from './life.ts'
import { compareMetrics } from './metrics.ts'
import { knownIn } from './recipes.ts'

type Leak = 'view' | 'count' | 'list' | 'refusal' | 'notice' | 'mail' | 'figure' | 'wake'
const planted = vi.hoisted(() => ({ leak: null as Leak | null }))

vi.mock('../../cases/view.ts', async (actual) => {
  const real = await actual<typeof View>()
  return { ...real, view: ((...of) => (planted.leak === 'view' ? of[0] : real.view(...of))) as typeof real.view }
})
vi.mock('../../cases/why-not.ts', async (actual) => {
  const real = await actual<typeof WhyNot>()
  const telling = (why: Refusal | null, state: CaseState): Refusal | null =>
    planted.leak === 'refusal' && why?.code === 'on_hold' && hasHidden(state)
      ? { code: 'no_consent', purpose: 'x' }
      : why
  return { ...real, whyNot: ((...of) => telling(real.whyNot(...of), of[0])) as typeof real.whyNot }
})
vi.mock('../../database/as-viewer.ts', async (actual) => {
  const real = await actual<typeof AsViewer>()
  // Also the filters of the query itself look at this viewer.
  const asViewer: typeof real.asViewer = (sql, viewer, ask) => {
    if (planted.leak === 'count') Object.assign(viewer, { pairs: ['complaints_officer@ml'], places: ['ml'] })
    return real.asViewer(sql, viewer, ask)
  }
  return { ...real, asViewer }
})
vi.mock('../../database/queries/cases.ts', async (actual) => {
  const real = await actual<typeof Cases>()
  const listCases: typeof real.listCases = async (sql, ...rest) => {
    const rows = await real.listCases(sql, ...rest)
    if (planted.leak !== 'list') return rows
    const found = await sql<{ caseId: string; headSeq: number }[]>`select case_id, head_seq from cases`
    const busy = new Map(found.map((one) => [one.caseId, one.headSeq]))
    const when = (row: Cases.ListedCase): number => row.opened.getTime() + (busy.get(row.caseId) ?? 0) * 86_400_000
    return rows.map((row) => ({ ...row, opened: new Date(when(row)) }))
  }
  return { ...real, listCases }
})
vi.mock('../../database/queries/outbox.ts', async (actual) => {
  const real = await actual<typeof Outbox>()
  const noticesOf: typeof real.noticesOf = async (sql, caseId) => {
    const rows = await real.noticesOf(sql, caseId)
    const [shown] = await sql<{ item: string }[]>`
      select item from open_steps where case_id = ${caseId} and visible_to is null limit 1`
    return planted.leak === 'notice' ? rows.map((row) => ({ ...row, item: String(shown?.item) })) : rows
  }
  return { ...real, noticesOf }
})
vi.mock('../../database/queries/mail.ts', async (actual) => {
  const real = await actual<typeof Mail>()
  const mailSubjects: typeof real.mailSubjects = async (...of) => {
    const found = await real.mailSubjects(...of)
    const told = (one: Mail.MailSubject) => ({ ...one, ladder: ['supervisor'], visibleTo: ['supervisor'] })
    return planted.leak === 'mail' ? found.map(told) : found
  }
  return { ...real, mailSubjects }
})
vi.mock('../../database/queries/troubles.ts', async (actual) => {
  const real = await actual<typeof Troubles>()
  const figuresOf: typeof real.figuresOf = async (sql, now) => {
    const figures = await real.figuresOf(sql, now)
    const [all] = await sql<[{ steps: number }]>`select count(*)::int as steps from open_steps where state = 'open'`
    return planted.leak === 'figure' ? { ...figures, openSteps: all.steps } : figures
  }
  return { ...real, figuresOf }
})
vi.mock('../../database/queries/asleep.ts', async (actual) => {
  const real = await actual<typeof Asleep>()
  const silentCases: typeof real.silentCases = (sql, now) =>
    planted.leak === 'wake'
      ? sql`select case_id, number, next_wake as since from cases where status = 'open' and next_wake < ${now}`
      : real.silentCases(sql, now)
  return { ...real, silentCases }
})
const hasHidden = (state: CaseState): boolean =>
  Object.values(state.runs).some(({ procedure }) => procedure.id === 'ml-trafficking')

let twins: Twins
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  twins = await begin(inject('postgres'))
  await CHAPTERS[0]?.live(twins)
  await CHAPTERS[1]?.live(twins)
})
afterAll(async () => {
  vi.useRealTimers()
  await twins.end()
})
afterEach(() => {
  planted.leak = null
})

const found = async (login: string, only: RegExp): Promise<number> => {
  const known = await knownIn(twins.worlds, [...KEYS])
  return (await compareReading(twins.worlds, [login], known, { seldom: false, only })).differences.length
}

describe('a leak is found', () => {
  it.each([
    ['view', 'a view that lets the run through', 'mariam.doumbia', /\{case\}$/],
    ['count', 'a count that includes it', 'mariam.doumbia', /\/work$/],
    ['list', 'a list that depends on how much has happened', 'mariam.doumbia', /\/cases$/],
    ['refusal', 'a refusal that says more than that a check is awaited', 'modibo.sangare', /\/work\/\{item\}$/],
    ['notice', 'a list of notices that names its reminders', 'mariam.doumbia', /\/notices$/],
  ] as const)('%s: %s', async (leak, _what, login, only) => {
    expect(await found(login, only)).toBe(0)
    planted.leak = leak
    expect(await found(login, only)).toBeGreaterThan(0)
  })

  it('mail: a mail that climbs out of the circle of those who may know', async () => {
    const readers = new Set(['moussa.traore@segin.example', 'mariam.doumbia@segin.example'])
    expect(compareMail(twins.worlds, readers).differences).toEqual([])
    planted.leak = 'mail'
    await twins.worlds[1].db.sql`update outbox set state = 'pending', message_id = null, lease_until = null,
      role = 'supervisor', user_id = null, place = 'ml-kayes' where restricted and notice = 'escalation'`
    await twins.pass(1)
    expect(compareMail(twins.worlds, readers).differences.length).toBe(1)
  })

  it('figure: a count of steps that includes those of restricted runs', async () => {
    expect((await compareMetrics(twins.worlds)).differences).toEqual([])
    planted.leak = 'figure'
    expect((await compareMetrics(twins.worlds)).differences.length).toBe(1)
  })

  it('wake: a case is said to sleep while only a restricted run awaits the engine', async () => {
    for (const chapter of CHAPTERS.slice(2, 4)) await chapter.live(twins)
    for (const { metrics } of twins.worlds) await metrics()
    const all = async () => [
      await found('ibrahim.toure', /\/troubles$/),
      await found('ibrahim.toure', /\/invariants$/),
      (await compareMetrics(twins.worlds)).differences.length,
    ]
    expect(await all()).toEqual([0, 0, 0])
    planted.leak = 'wake'
    expect(await all()).toEqual([1, 1, 1])
  })
})
