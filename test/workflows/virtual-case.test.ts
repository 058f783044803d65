/** The shell of a case in the real sandbox under virtual time: months in milliseconds, no server. */

import { beforeAll, describe, expect, it } from 'vitest'
import { NEWEST_ENGINE } from '../../cases/engines.ts'
import type { RecordAnswer, RecordBatch } from '../../cases/batch.ts'
import { FIRST_HASH } from '../../cases/chain.ts'
import type { Entry } from '../../cases/events.ts'
import { fold } from '../../cases/evolve/index.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { ActAnswer, CaseInput } from '../../workflows/messages.ts'
import { procedure, SETTINGS, SUSPENSION, task, term, WHAT_NEXT } from '../cases/build.ts'
import { hold, START } from '../cases/life.ts'
import { action } from './acting.ts'
import { type Activities, sandbox, VirtualRun } from './virtual-time.ts'

const again = { backTo: { step: 'work', within: [term(10, 'working_days')], atMost: 1_000, then: 'done' } }
const PROCEDURES = [procedure('t-a', [task('work', { outcomes: { again, done: {} } })]), WHAT_NEXT, SUSPENSION]
const MANAGER = hold('case_manager')

/** The recorder's law in memory; the real one is tested on Postgres. */
class Record {
  head = { seq: 0, hash: FIRST_HASH }
  readonly entries: Entry[] = []
  says: RecordAnswer['kind'] = 'recorded'
  readonly activities: Activities = {
    recordCaseEvents: (batch: RecordBatch): RecordAnswer => {
      if (this.says !== 'recorded') return { kind: this.says, ...this.head }
      expect(batch.expects).toEqual(this.head)
      this.entries.push(...batch.entries.map((one) => one.entry))
      const last = batch.entries.at(-1)
      this.head = { seq: last?.entry.seq ?? 0, hash: last?.hash ?? '' }
      return { kind: 'recorded', ...this.head }
    },
    lookUpProcedures: (ids: string[]): CompiledProcedure[] => PROCEDURES.filter((one) => ids.includes(one.id)),
    openCases: () => undefined,
  }
}

let creator: Awaited<ReturnType<typeof sandbox>>
beforeAll(async () => {
  creator = await sandbox(new Record().activities)
})

const opening = (): unknown =>
  action(
    {
      act: 'open_case',
      subject: 'case',
      number: 'n',
      procedure: 't-a',
      place: 'ml-kayes',
      answers: { home: 'ml-kayes' },
      personal: {},
      absent: {},
    },
    MANAGER,
    START,
  )
async function opened(record: Record, more: Partial<CaseInput> = {}): Promise<VirtualRun> {
  const base = {
    caseId: 'c',
    engine: 1,
    incarnation: 1,
    commitmentKey: 'ab'.repeat(32),
    settings: SETTINGS,
    state: null,
  }
  const input: CaseInput = { ...base, head: record.head, shelf: {}, spreadMs: 0, ...more }
  const run = await VirtualRun.start(creator, record.activities, input, START)
  if (!more.state) expect((await run.update('act', opening())).kind).toBe('completed')
  return run
}
const item = (record: Record): string => {
  const found = record.entries.findLast(({ event }) => event.kind === 'step_opened')?.event
  return found?.kind === 'step_opened' ? found.item : ''
}
const step = (record: Record, run: VirtualRun): unknown =>
  action(
    {
      act: 'complete_step',
      step: item(record),
      basis: null,
      onBehalfOf: null,
      outcome: 'again',
      answers: {},
      personal: {},
      absent: {},
      evidence: {},
    },
    MANAGER,
    run.now,
  )

describe('the budget of events', () => {
  it('is at most eleven for a step, thirteen when it moves the one timer', async () => {
    const record = new Record()
    const run = await opened(record)
    await run.passTo(START + 3_600_000)
    const before = run.events
    for (let n = 0; n < 10; n += 1) expect((await run.update('act', step(record, run))).kind).toBe('completed')
    expect((run.events - before) / 10).toBeLessThanOrEqual(11)
    expect(run.armed).toBe(1)
    await run.end()
  })
  it('holds two years of sixty steps and their rungs within 1,200 events over all runs', async () => {
    const record = new Record()
    let run = await opened(record)
    let events = 0
    const renew = async (): Promise<void> => {
      if (!run.next) return
      events += run.events
      const { next, now } = run
      await run.end()
      run = await VirtualRun.start(creator, record.activities, next, now)
    }
    for (let n = 0; n < 60; n += 1) {
      await run.passTo(run.now + (n % 2 === 0 ? 8 : 17) * 86_400_000)
      await renew()
      const answer = await run.update<ActAnswer>('act', step(record, run))
      expect(answer.kind).toBe('completed')
      await run.passTo(run.now + 1_000)
      await renew()
    }
    events += run.events
    const rungs = record.entries.filter(({ event }) => event.kind === 'rung_fired').length
    expect(rungs).toBeGreaterThanOrEqual(30)
    expect(events).toBeLessThanOrEqual(1_200)
    expect(fold('c', record.entries).seq).toBe(record.entries.length)
    await run.end()
  })
})

describe('the recorder', () => {
  it.each(['gap', 'conflict'] as const)(
    'that answers %s stops the case visibly: nobody is told that it was recorded',
    async (kind) => {
      const record = new Record()
      const run = await opened(record)
      record.says = kind
      expect(await run.update('act', step(record, run))).toMatchObject({ kind: 'failed', type: 'record_stopped' })
      expect(await run.update('act', step(record, run))).toMatchObject({ kind: 'failed', type: 'record_stopped' })
      expect(run.ended).toBe(false)
      await run.end()
    },
  )
  it('that answers superseded ends the workflow: another incarnation writes now', async () => {
    const record = new Record()
    const run = await opened(record)
    record.says = 'superseded'
    expect(await run.update('act', step(record, run))).toMatchObject({ kind: 'failed', type: 'record_stopped' })
    expect(run.ended).toBe(true)
    await run.end()
  })
})

describe('time', () => {
  it('ends a run that nobody opens within a minute', async () => {
    const record = new Record()
    const base = {
      caseId: 'c',
      engine: 1,
      incarnation: 1,
      commitmentKey: 'ab'.repeat(32),
      settings: SETTINGS,
      state: null,
    }
    const run = await VirtualRun.start(
      creator,
      record.activities,
      { ...base, head: record.head, shelf: {}, spreadMs: 0 },
      START,
    )
    await run.passTo(START + 61_000)
    expect(run.ended).toBe(true)
    await run.end()
  })
  it('moved by the trainer passes through every rung, each with the instant it was due', async () => {
    const record = new Record()
    const run = await opened(record)
    await run.signal('settings', { ...SETTINGS, version: 2, offsetMs: 90 * 86_400_000 })
    const rungs = record.entries.filter(({ event }) => event.kind === 'rung_fired')
    expect(rungs.length).toBeGreaterThan(3)
    expect(rungs.map((entry) => entry.at)).toEqual(rungs.map((entry) => entry.at).toSorted((a, b) => a - b))
    await run.signal('settings', { ...SETTINGS, version: 2, offsetMs: 900 * 86_400_000 })
    expect(record.entries.filter(({ event }) => event.kind === 'rung_fired')).toHaveLength(rungs.length)
    await run.end()
  })
  it('and engines: a worker that is too old for a case says so', async () => {
    const record = new Record()
    const input = {
      caseId: 'c',
      engine: NEWEST_ENGINE + 1,
      incarnation: 1,
      commitmentKey: 'ab'.repeat(32),
      settings: SETTINGS,
      state: null,
    }
    const start = VirtualRun.start(
      creator,
      record.activities,
      { ...input, head: record.head, shelf: {}, spreadMs: 0 },
      START,
    )
    await expect(start).rejects.toThrow(`knows engine ${NEWEST_ENGINE}`)
  })
})
