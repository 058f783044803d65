/** Whatever people choose and however long they wait: every form can be filled, and an open case has something open. */

import * as fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { compileCountry, compileSettings } from '../../procedures/language/index.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { mali } from '../mali.ts'
import { Walk } from './walk.ts'

let procedures: Record<string, CompiledProcedure>
let settings: Settings
beforeAll(async () => {
  const country = await mali()
  procedures = compileCountry(country)
  settings = compileSettings(country, { version: 1, offsetMs: 0 })
})

const move = fc.record({ step: fc.nat(), outcome: fc.nat(), yes: fc.boolean(), days: fc.constantFrom(0, 0, 0, 2, 40) })

function offered(step: string): string[] {
  const [run = '', id = ''] = step.split('.')
  const rule = procedures[`ml-${run}`]?.steps.find((one) => one.id === id)
  if (!rule || rule.kind === 'start') return []
  return Object.entries(rule.outcomes).flatMap(([outcome, one]) => (one.byHand ? [outcome] : []))
}

/** Answers of the required questions that turn the way; the rest is filled in plausibly. */
function turning(step: string, yes: boolean): Record<string, boolean> {
  const [run = '', id = ''] = step.split('.')
  const rule = procedures[`ml-${run}`]?.steps.find((one) => one.id === id)
  if (!rule || rule.kind === 'start') return {}
  const asked = rule.form.filter((field) => field.type === 'yes_no' && field.required && field.when === undefined)
  return Object.fromEntries(asked.map((field) => [field.id, yes]))
}

it('lets a case go on under any sequence of outcomes and delays', () => {
  fc.assert(
    fc.property(
      fc.record({ crisis: fc.boolean(), unaccompanied: fc.boolean(), sick: fc.boolean() }),
      fc.array(move, { minLength: 60, maxLength: 120 }),
      (inputs, moves) => {
        const w = new Walk(procedures, settings, '2026-11-23T20:00:00Z')
        w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'gao-centre', ...inputs })
        for (const [index, one] of moves.entries()) {
          w.pass(one.days)
          if (w.state.status === 'closed') break
          const open = w.openSteps()
          expect([...open, ...w.waitingSteps()]).not.toEqual([])
          const step = open[one.step % Math.max(open.length, 1)]
          if (step === undefined) continue
          const outcomes = offered(step)
          const outcome = outcomes[one.outcome % outcomes.length] ?? 'done'
          const answer = w.refusal(step, outcome, turning(step, one.yes), `person-${index}`)
          expect(answer).toMatch(/^done$|gate_closed|on_hold/)
        }
      },
    ),
    { seed: 20261123, numRuns: 60 },
  )
})
