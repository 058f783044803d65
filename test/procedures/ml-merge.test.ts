/** Two cases of one person, each with a confidential report: they become one only with the focal point, and in silence. */

import { beforeAll, expect, it } from 'vitest'
import { begins, mali, settled } from './ml-life.ts'
import type { Walk } from './walk.ts'

let walk: () => Walk
beforeAll(async () => {
  walk = await mali()
})

/** The younger of the two, found alike, before the supervisor says whether it is one person. */
function compared(hidden: 'ml-trafficking' | 'ml-clearance' | null): Walk {
  const w = settled(walk())
  if (hidden) begins(w, hidden, 'case_manager')
  begins(w, 'ml-duplicate', 'case_manager', { other: '25-0000-018' })
  w.end('duplicate.comparison', 'compared', {}, 'fatoumata')
  return w
}
const merge = (w: Walk) => w.refusal('duplicate.verdict', 'same_person', {}, 'moussa')

it('waits for a verification that says nothing of a report: an ordinary doubt is refused in the same words', () => {
  const [report, doubt] = [merge(compared('ml-trafficking')), merge(compared('ml-clearance'))]
  expect(JSON.parse(report)).toMatchObject({ code: 'on_hold' })
  expect(report).toBe(doubt)
})
it('tells the focal point of every comparison, whether there is anything to know or not', () => {
  for (const hidden of ['ml-trafficking', 'ml-clearance', null] as const)
    expect(
      compared(hidden)
        .events('notice_given')
        .map(({ to }) => to),
    ).toContain('trafficking_focal')
})
it('goes on once the focal point has taken the report up in the other case, at any moment of its life', () => {
  const early = compared('ml-trafficking')
  early.end('trafficking.signs', 'other_case')
  expect(merge(early)).toBe('done')
  const late = settled(walk())
  begins(late, 'ml-trafficking', 'case_manager')
  late.end('trafficking.signs', 'signs')
  late.end('trafficking.safety', 'safe')
  late.end('trafficking.assistance', 'done', { needs: [{ key: 'n1', kind: 'care', urgent: true }] })
  begins(late, 'ml-duplicate', 'case_manager', { other: '25-0000-018' })
  late.end('duplicate.comparison', 'compared', {}, 'fatoumata')
  expect(merge(late)).toContain('on_hold')
  late.end('trafficking.follow_up', 'other_case')
  expect(late.openSteps().filter((step) => /trafficking|protected/.test(step))).toEqual([])
  expect(merge(late)).toBe('done')
  expect(late.fact('merged_into')).toBe('25-0000-018')
})
it('of two cases without anything hidden needs nobody else', () => {
  expect(merge(compared(null))).toBe('done')
})
