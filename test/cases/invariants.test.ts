/** The invariants hold whatever people do, however time passes, and whatever is declared meanwhile. */

import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { clocksAstray } from '../../cases/clocks/fits.ts'
import { liveItems } from '../../cases/progress/draft.ts'
import { overviewOf } from '../../cases/overview.ts'
import { outboxOf } from '../../cases/outbox.ts'
import { undisclosable } from '../../cases/shared-with-consent.ts'
import { entriesIn, view } from '../../cases/view.ts'
import { wake } from '../../cases/wake.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import { compileCountry, compileSettings } from '../../procedures/language/index.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { mali } from '../mali.ts'
import { byDay } from '../depth.ts'
import { Chance, move } from './chance.ts'
import { hold, Life } from './life.ts'
import { sharingMove } from './sharing-move.ts'

let procedures: CompiledProcedure[]
let settings: Settings
beforeAll(async () => {
  const country = await mali()
  const all = compileCountry(country)
  const first = all['ml-reception']
  if (!first) throw new Error('no reception')
  procedures = [first, ...Object.values(all).filter((one) => one !== first)]
  settings = compileSettings(country, { version: 1, offsetMs: 0 })
})

/** What must be true after every single move. */
function holdsNow(life: Life): void {
  const { state } = life
  const live = liveItems(state)
  if (state.status === 'closed') {
    // I9, and I2: the last act before a closure is a person's.
    expect(live).toEqual([])
    expect(state.clocks).toEqual({})
    expect(life.entries.findLast((entry) => entry.event.kind === 'case_closed')?.by.kind).toBe('user')
    return
  }
  // I1: something is open, somebody owns it, and a clock that is not held will speak.
  expect(live.length).toBeGreaterThan(0)
  const speaking = Object.values(state.clocks).filter((clock) => clock.heldBy.length === 0 && clock.marks.length > 0)
  expect(speaking.length).toBeGreaterThan(0)
  for (const { step } of live.filter((one) => one.step.status === 'open')) expect(step.roles?.length).toBeGreaterThan(0)
  // I7: every run goes on under the version it began with.
  for (const run of Object.values(state.runs))
    expect(run.procedure.hash).toBe(procedures.find((one) => one.id === run.procedure.id)?.hash)
  // I4: every clock that runs ends where its budget does, counted again.
  expect(clocksAstray(state, life.settings)).toEqual([])
  // What waits or is open is in the overview, and nothing else.
  expect(Object.keys(overviewOf(state, { settings: life.settings }).steps).toSorted()).toEqual(
    live.map(({ item }) => item).toSorted(),
  )
}

/** I13, as far as one world can tell: whoever is not assigned sees no trace of a restricted run. */
function hidesNow(life: Life): void {
  const { state } = life
  const hidden = Object.entries(state.runs).filter(([, run]) => run.visibleTo !== null)
  const viewer = { kind: 'user' as const, user: 'somebody', holds: hold('supervisor') }
  const seen = view(state, viewer, life.world())
  const allowed = hidden.filter(([, run]) => run.visibleTo?.includes('supervisor')).map(([id]) => id)
  const told = JSON.stringify([
    seen,
    entriesIn(seen, life.entries).map((entry) => ('clock' in entry.event ? 0 : entry.event)),
  ])
  for (const [id] of hidden) if (!allowed.includes(id)) expect(told).not.toContain(`${id}.`)
}

/**
 * I10: every disclosure names a consent, or an override, that lived at that moment for that purpose and that run; and no
 * partner was asked for anything, or works on anything, beside one.
 */
function sharedWithConsent(life: Life): void {
  expect(undisclosable(life.entries)).toEqual([])
  const asked = life
    .events('notice_given')
    .filter(({ to, notice }) => to.startsWith('partner:') && notice === 'assigned')
  const told = life.events('disclosed').map(({ item, to }) => `${item} partner:${to}`)
  expect(asked.filter(({ item, to }) => !told.includes(`${item} ${to}`))).toEqual([])
}

/** A consent that ended has stopped what lives by it, and each partner who was told something was asked to erase it. */
function stoppedAtOnce(life: Life): void {
  for (const { id, state, run, told } of Object.values(life.state.consents)) {
    if (state === 'given' || state === 'override') continue
    const erased = life.events('notice_given').filter(({ notice }) => notice === 'erase')
    for (const [partner, item] of Object.entries(told ?? {}))
      expect(erased).toContainEqual(expect.objectContaining({ item, to: `partner:${partner}` }))
    const later = Object.values(life.state.consents).findLast((one) => one.run === run)
    const mine = life.state.runs[run ?? '']
    if (state !== 'refused' && later?.id === id && mine?.procedure.id === 'ml-referral')
      expect(mine.status).not.toBe('open')
  }
}

/** Time decides the same whenever it is asked: what it finds later only follows what it would have found before. */
function timeIsSure(life: Life): void {
  const found = [7, 45].map((days) => wake(life.state, { ...life.world(), now: life.now + days * 86_400_000 }))
  const [sooner, later] = found.map((decision) => (decision.kind === 'events' ? decision.entries : []))
  if (sooner && later && later.length > 0) expect(later.slice(0, sooner.length)).toEqual(sooner)
}

/**
 * Nothing adverse is decided about a child alone, and no case of one is closed, while there is no guardian at all; what
 * is ended out of turn carries the signature of child protection.
 */
function guarded(life: Life): void {
  const facts = new Map<string, unknown>()
  let signed = false
  for (const { event } of life.entries) {
    if (event.kind === 'fact_set') facts.set(event.fact, event.value)
    if (event.kind === 'step_ended') signed = event.how === 'override'
    if (facts.get('unaccompanied') !== true || (facts.get('guardian') ?? 'none') !== 'none') continue
    if (event.kind === 'case_closed' && !signed) expect(event.reason).toBe('death')
    if (event.kind !== 'step_ended' || event.how !== 'act') continue
    const [run = '', step = ''] = event.item.split('.')
    const rules = procedures.find((one) => one.id === life.state.runs[run]?.procedure.id)?.steps
    const rule = rules?.find((one) => one.id === step)
    if (rule && rule.kind !== 'start') expect(rule.outcomes[event.outcome]?.adverse).not.toBe(true)
  }
}

/** What must be true of the whole ledger. */
function heldThroughout(life: Life): void {
  life.agrees()
  sharedWithConsent(life)
  stoppedAtOnce(life)
  guarded(life)
  const keys = outboxOf(life.state, life.entries).map((row) => row.key)
  expect(new Set(keys).size).toBe(keys.length)
}

/** `LIVES=50000 SEED=7` for a longer run than that of the night. */
const LIVES = Number(process.env['LIVES'] ?? byDay(300, 10_000))
const SEED = Number(process.env['SEED'] ?? 20261123)

describe('the invariants, over all procedures of Mali', () => {
  it(
    'hold under any acts, late and doubled input, declarations, suspensions, extensions and delays',
    () => {
      fc.assert(
        fc.property(fc.boolean(), fc.array(move, { minLength: 10, maxLength: 60 }), (alone, moves) => {
          const life = Life.open(procedures, { ...OPENING, unaccompanied: alone }, settings, { name: 'digest' })
          const chance = new Chance(life, procedures)
          for (const one of moves) {
            chance.make(one)
            holdsNow(life)
            hidesNow(life)
            timeIsSure(life)
          }
          heldThroughout(life)
        }),
        { seed: SEED, numRuns: LIVES },
      )
    },
    LIVES * 400,
  )
})

/** Three referrals under way, so that what goes to partners is the rule and not the exception. */
describe('sharing with partners, over random lives', () => {
  it(
    'never goes without a live consent or an override, and stops at the instant either ends',
    () => {
      const seen = { told: 0, erased: 0, stopped: 0, overridden: 0 }
      fc.assert(
        fc.property(fc.array(sharingMove, { minLength: 20, maxLength: 60 }), (moves) => {
          const life = Life.open(procedures, OPENING, settings, { name: 'digest' })
          const begin = { act: 'begin_procedure', procedure: 'ml-referral', personal: {}, absent: {} } as const
          for (let n = 0; n < 3; n += 1)
            life.does('awa', 'case_manager', { ...begin, answers: { family: 'health', urgency: '3d' } })
          const chance = new Chance(life, procedures)
          for (const one of moves) chance.make(one)
          holdsNow(life)
          heldThroughout(life)
          seen.told += life.events('disclosed').length
          seen.erased += life.events('notice_given').filter(({ notice }) => notice === 'erase').length
          seen.stopped += life.events('run_stopped').filter(({ because }) => because === 'consent_ended').length
          seen.overridden += life.events('step_ended').filter(({ how }) => how === 'override').length
        }),
        { seed: SEED, numRuns: Math.ceil(LIVES / 5) },
      )
      // A law that is never put to the test would hold as well.
      for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0)
    },
    LIVES * 400,
  )
})

const OPENING = { arrived_on: '2026-11-23', centre: 'senou' }
