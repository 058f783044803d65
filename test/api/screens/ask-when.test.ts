import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AskWhen, askedWhen } from '../../../cases/ask-when.ts'
import { holds } from '../../../cases/conditions.ts'

/** What a client does with the data, knowing only what is filled so far. */
function asked(when: boolean | AskWhen, form: Record<string, unknown>): boolean {
  if (typeof when === 'boolean') return when
  if ('field' in when) return (when.in as unknown[]).includes(form[when.field])
  if ('all' in when) return when.all.every((one) => asked(one, form))
  if ('any' in when) return when.any.some((one) => asked(one, form))
  if ('not' in when) return !asked(when.not, form)
  return form[when.answered] !== undefined
}

const facts = { crisis: false, unaccompanied: true, centre: 'senou', guardian: 'none', rss_first: 2, triage: {} }
const conditions = [
  "outcome == 'registered'",
  "outcome != 'registered'",
  "outcome == 'registered' && !crisis",
  "outcome == 'registered' && unaccompanied",
  "outcome in ['registered', 'refused'] || unaccompanied && crisis",
  "outcome == 'registered' && form.kind == 'home'",
  "form.kind != 'home'",
  "!(form.kind == 'home')",
  'has(form.kind) && form.willing',
  '!form.willing',
  'form.centre == centre',
  "form.kind in ['home', 'town'] && !(outcome == 'refused')",
  "form.willing ? outcome == 'refused' : unaccompanied",
  "has(triage.signs) && triage.signs && outcome == 'registered'",
  "triage.signs || outcome == 'registered'",
  "!triage.signs && outcome == 'registered'",
  "guardian != 'appointed'",
]
const forms = fc.record(
  {
    kind: fc.constantFrom('home', 'town', 'other'),
    willing: fc.boolean(),
    centre: fc.constantFrom('senou', 'gao-centre'),
  },
  { requiredKeys: [] },
)

describe('what is asked when', () => {
  it.each(conditions)('%s: the data says what the condition says', (condition) => {
    const when = askedWhen(condition, facts)
    fc.assert(
      fc.property(fc.constantFrom('registered', 'refused', 'other'), forms, (outcome, form) => {
        expect(asked(when, { ...form, outcome })).toBe(holds(condition, { ...facts, form, outcome }))
      }),
      { seed: 7, numRuns: 200 },
    )
  })

  it('resolves what facts and earlier steps decide, so that only the form is left', () => {
    expect(askedWhen("outcome == 'registered' && !crisis", facts)).toEqual({ field: 'outcome', in: ['registered'] })
    expect(askedWhen("outcome == 'registered' && crisis", facts)).toBe(false)
    expect(askedWhen('unaccompanied', facts)).toBe(true)
    expect(askedWhen(undefined, facts)).toBe(true)
  })

  it('asks for what no data can say, and leaves the judgement to the server', () => {
    expect(askedWhen('form.budget > 1000.0', facts)).toBe(true)
  })
})
