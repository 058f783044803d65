/** A revival that is killed in the middle goes on when it is asked again, and no case is begun by two writers. */

import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { run } from '../started.ts'
import { startInstallation, type TestInstallation } from '../../installation.ts'
import { recordedCase } from '../../recorded-case.ts'
import type { Opened } from '../../workflows/acting.ts'
import { environmentOf } from '../../workflows/worker-process.ts'
import { kindsOf, liveOn, reviveOn } from './reviving.ts'

const MANY = 120
let here: TestInstallation
let told: Awaited<ReturnType<typeof environmentOf>>
let cases: Opened[]

beforeAll(async () => {
  here = await startInstallation(inject('postgres'))
  told = await environmentOf(here)
  const tools = { sql: here.db.sql, ring: here.db.ring, temporal: here.temporal }
  cases = []
  while (cases.length < MANY) cases.push(await recordedCase(tools))
})
afterAll(async () => {
  await told.end()
  await here.end()
})

it('killed in the middle, it has raised every case and begun some; asked again, it begins all', async () => {
  await here.work()
  const first = run(['revive', '--run'], told.env)
  await first.says('50 of 120 begun')
  first.child.kill('SIGKILL')
  await first.ended()
  const [raised] = await here.db.sql`select count(*)::int as count from cases where incarnation = 2`
  expect(raised?.['count']).toBe(MANY)
  expect(first.said()).not.toContain('cases begun again')

  const { code, said } = await reviveOn(here, here.temporal)
  expect(said).toContain('an earlier revival was cut short: begins again')
  expect(code, said).toBe(0)
  for (const { caseId } of cases) {
    // Those that the first one had begun are begun once more: nobody knows how far it came with them.
    const revived = (await kindsOf(here, caseId)).filter((kind) => kind === 'revived').length
    expect(revived === 1 || revived === 2, `revived ${revived} times`).toBe(true)
    expect((await liveOn(here.temporal, caseId)).stopped).toBeNull()
  }
  expect((await reviveOn(here, here.temporal, {})).said).toMatch(/^ +120 {2}record and engine agree/)
})

it('does not run twice at once', async () => {
  const [one, two] = await Promise.allSettled([
    reviveOn(here, here.temporal, { run: true, all: true }),
    reviveOn(here, here.temporal, { run: true, all: true }),
  ])
  expect([one.status, two.status].toSorted()).toEqual(['fulfilled', 'rejected'])
})
