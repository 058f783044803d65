import { describe, expect, test } from 'vitest'
import { loadCountry } from '../../procedures/language/index.ts'
import { withCountry } from './copy.ts'
import type { Change } from './copy.ts'

/** The codes that check reports for a changed trial country. */
async function codes(...changes: Change[]): Promise<string[]> {
  return withCountry(changes, async (folder) => (await loadCountry(folder)).problems.map(({ code }) => code))
}
const inPlan = (from: string, to: string): Change => ({ in: 'sops/plan.yaml', from, to })
const inReferral = (from: string, to: string): Change => ({ in: 'sops/referral.yaml', from, to })

describe('a field is read only where it has been answered', () => {
  const late = 'opens: 1 month after signature'
  test('has() lets a condition read what may be missing', async () => {
    expect(
      await codes(inPlan('when: "draft.amount > 0.0"', `when: "has(draft.review) && draft.review != '2026-01-01'"`)),
    ).toEqual([])
  })
  test('a negated has() on the left of || does too', async () => {
    expect(
      await codes(inPlan('when: "draft.amount > 0.0"', `when: "!has(draft.review) || draft.review == '2026-01-01'"`)),
    ).toEqual([])
  })
  test('has() on the wrong side does not', async () => {
    expect(
      await codes(inPlan('when: "draft.amount > 0.0"', `when: "!has(draft.review) && draft.review == '2026-01-01'"`)),
    ).toEqual(['unanswered'])
  })
  test('an entry of a clock may stand behind has()', async () => {
    expect(await codes(inPlan(late, 'opens: [1 month after draft.review when has(draft.review), 1 month]'))).toEqual([])
  })
  test('a step whose `when` asked has() may read it in its clocks', async () => {
    expect(
      await codes(
        inPlan(
          '    not_by: [draft]\n    opens: 1 month after signature',
          '    when: "has(draft.review)"\n    opens: 1 month after draft.review',
        ),
      ),
    ).toEqual([])
  })
  test('and so may the steps that only open once it is done', async () => {
    expect(
      await codes(
        inPlan('when: "draft.amount > 0.0"', 'when: "has(draft.review)"'),
        inPlan('after: [visits]', 'after: [visits=done]'),
        inPlan(late, 'opens: 1 month after draft.review'),
      ),
    ).toEqual([])
  })
  test('a field asked only for an outcome is sure after that outcome', async () => {
    expect(await codes(inReferral('when: "outcome == \'accepted\'"', 'when: "outcome in [\'accepted\']"'))).toEqual([])
    expect(await codes(inReferral('when: "outcome == \'accepted\'"', 'when: "outcome != \'accepted\'"'))).toEqual([
      'unanswered',
      'unanswered',
    ])
  })
  test('a form field read where its outcome asks it is sure', async () => {
    const field = 'en: Appointed } }, required: true, label: { fr: Tuteur'
    const asked = 'en: Appointed } }, required: true, when: "outcome == \'signed\'", label: { fr: Tuteur'
    expect(await codes(inPlan(field, asked))).toEqual([])
  })
  test('what is not needed is not answered', async () => {
    expect(
      await codes(
        inPlan(
          '    repeat: {',
          '    form: { on: { type: date, required: true, label: { fr: Le, en: On } } }\n    repeat: {',
        ),
        inPlan(late, 'opens: 1 month after visits.on'),
      ),
    ).toEqual(['unanswered'])
  })
})

describe('conditions', () => {
  test('may ask about the rows of a list', async () => {
    const some = `when: "has(draft.needs) && draft.needs.exists(need, need.family == 'health')"`
    expect(await codes(inPlan('when: "draft.amount > 0.0"', some))).toEqual([])
    expect(await codes(inPlan('when: "draft.amount > 0.0"', some.replace("'health'", "'helth'")))).toEqual([
      'unknown_choice',
    ])
  })
  test('may compare a date once it is known', async () => {
    expect(
      await codes(inPlan('when: "draft.amount > 0.0"', `when: "arrived_on != null && arrived_on > '2026-01-01'"`)),
    ).toEqual([])
  })
  test('a plain text is taken for an option, and for CEL otherwise', async () => {
    expect(await codes(inPlan('guardian: form.mandate', 'guardian: appointed'))).toEqual([])
    expect(await codes(inPlan('guardian: form.mandate', 'guardian: "\'appointed\'"'))).toEqual([])
    expect(await codes(inPlan('guardian: form.mandate', 'guardian: apointed'))).toEqual(['unknown_name'])
  })
})

describe('a step that ends with another', () => {
  const companion = `  - id: watch
    title: { fr: Veille, en: Watch }
    role: supervisor
    after: [draft]
    repeat: { every: 30 days, until: over, at_most: 12 }
    due: 3 days
    ends_with: validation
    form: { calm: { type: yes_no, required: true, label: { fr: Calme, en: Calm } } }
    outcomes: { over: { label: { fr: Fini, en: Over } } }
  - id: validation`
  test('ends as `ended`, which others may wait for', async () => {
    expect(
      await codes(
        inPlan('  - id: validation', companion),
        inPlan('after: [visits]', 'after: [visits, { any: [watch=over, watch=ended] }]'),
      ),
    ).toEqual([])
  })
  test('and then nobody has answered its form', async () => {
    const reads = inPlan('when: "draft.amount > 0.0"', 'when: "watch.calm"')
    const waits = inPlan('after: [signature]\n    when', 'after: [signature, watch]\n    when')
    expect(await codes(inPlan('  - id: validation', companion), waits, reads)).toEqual(['unanswered'])
  })
})

describe('loops', () => {
  test('a step may go back to itself', async () => {
    const again =
      '      later: { label: { fr: Plus tard, en: Later }, back_to: visits, within: 7 days, at_most: 2, then: seen }'
    const seen = '    outcomes:\n      seen: { label: { fr: Vu, en: Seen } }\n'
    expect(await codes(inPlan('    repeat: { at:', `${seen}${again}\n    repeat: { at:`))).toEqual([])
  })
  test('a payment further down does not hinder a way back above it', async () => {
    expect(
      await codes(
        inReferral(
          'escalation: standard\n',
          'escalation: standard\nbudgets: { aid: { label: { fr: Aide, en: Aid } } }\n',
        ),
        inReferral(
          '    remind: [2',
          '    form: { paid: { type: money, budget: aid, label: { fr: Payé, en: Paid } } }\n    remind: [2',
        ),
      ),
    ).toEqual([])
  })
})

describe('labels', () => {
  test('a gate that declassifies lets a step depend on what is hidden', async () => {
    expect(await codes(inPlan('requires: [guardian]', 'requires: [guardian, clear]'))).toEqual([])
  })
  test('a restricted start may read a restricted field', async () => {
    const field = 'amount: { type: money, required: true, label'
    const signs = 'signs: { type: yes_no, required: true, restricted: danger, label: { fr: Signes, en: Signs } }'
    const begin = `  - id: alarm
    kind: start
    title: { fr: Alerte, en: Alarm }
    start: xx-danger
    after: [draft]
    when: draft.signs
  - id: validation`
    const hidden = `procedure: xx-danger
version: 1
title: { fr: Danger, en: Danger }
source: assumption
stage: support
at: home
begins: [started]
visible_to: [protector, chief_protector]
escalation: protection
ends: [review]
steps:
  - id: review
    title: { fr: Revue, en: Review }
    role: protector
    due: 3 days
    outcomes: { safe: { label: { fr: Sûr, en: Safe }, set: { danger: false } } }
`
    const changes = [inPlan(`      ${field}`, `      ${signs}\n      ${field}`), inPlan('  - id: validation', begin)]
    expect(await codes(...changes, { add: 'sops/danger.yaml', text: hidden })).toEqual(['leaves_start'])
    expect(
      await codes(...changes, inPlan('back_to: draft', 'back_to: validation'), {
        add: 'sops/danger.yaml',
        text: hidden,
      }),
    ).toEqual([])
  })
})

describe('children', () => {
  test('an adverse decision stands with the guardian gate, or when it is asked of others only', async () => {
    const adverse = inPlan('en: Kept } }', 'en: Kept }, adverse: true }')
    expect(
      await codes(adverse, inPlan('    not_by: [draft]', '    requires: [guardian]\n    not_by: [draft]')),
    ).toEqual([])
    expect(
      await codes(adverse, inPlan('    not_by: [draft]', '    when: "!unaccompanied"\n    not_by: [draft]')),
    ).toEqual([])
  })
})

describe('essential steps', () => {
  test('may follow a question of consent, whatever the answer', async () => {
    expect(
      await codes(
        inReferral('after: [agreed=given]', 'after: [{ any: [agreed=given, agreed=refused] }]\n    essential: true'),
      ),
    ).toEqual(['not_an_end'])
  })
})
