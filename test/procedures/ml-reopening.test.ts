/** A closed case is opened again within twelve months of its closure, and not a day later. */

import { beforeAll, expect, it } from 'vitest'
import { refusalText } from '../../cases/words/refusals.ts'
import { begins, mali, settled } from './ml-life.ts'
import type { Walk } from './walk.ts'

let walk: () => Walk
beforeAll(async () => {
  walk = await mali()
})

function died(w: Walk): Walk {
  begins(w, 'ml-death', 'antenna_agent', { source: 'family' })
  w.end('death.confirmation', 'confirmed', {}, 'moussa')
  w.end('death.family', 'told')
  w.end('death.dependants', 'none', {}, 'fatoumata')
  w.end('death.letter', 'released', {}, 'moussa')
  w.end('death.end', 'closed', {}, 'nana')
  return w
}
function merged(w: Walk): Walk {
  begins(w, 'ml-duplicate', 'case_manager', { other: '25-0000-018' })
  w.end('duplicate.comparison', 'compared', {}, 'fatoumata')
  w.end('duplicate.verdict', 'same_person', {}, 'moussa')
  return w
}
function closed(w: Walk): Walk {
  begins(w, 'ml-closure', 'case_manager')
  w.end('closure.proposal', 'proposed', { reason: 'goals_reached' }, 'fatoumata')
  w.end('closure.approval', 'approved', {}, 'moussa')
  w.end('closure.last_meeting', 'not_possible', {}, 'fatoumata')
  w.end('closure.archive', 'closed', {}, 'nana')
  return w
}

it('begins again until the last day', () => {
  const w = closed(settled(walk()))
  w.pass(364)
  begins(w, 'ml-reopening', 'case_manager')
  expect(w.openSteps()).toEqual(['reopening.request'])
})
it('says afterwards until when it could, and what to do instead', () => {
  const w = closed(settled(walk()))
  w.pass(368)
  let told = ''
  try {
    begins(w, 'ml-reopening', 'case_manager')
  } catch (error) {
    told = (error as Error).message
  }
  const labels = {
    role: String,
    place: String,
    user: String,
    step: String,
    outcome: String,
    gate: String,
    purpose: String,
  }
  const { detail } = refusalText(JSON.parse(told), 'fr', labels)
  expect(detail).toMatch(/^Il pouvait être rouvert jusqu'au .*2027.* Ouvrez un nouveau dossier/)
})
it('never begins for somebody who has died', () => {
  const w = died(settled(walk()))
  expect(() => begins(w, 'ml-reopening', 'supervisor')).toThrow(/"gate":"alive"/)
})
it('never begins for a case that goes on in another one: it is separated first', () => {
  const w = merged(settled(walk()))
  expect(() => begins(w, 'ml-reopening', 'supervisor')).toThrow(/"gate":"not_merged"/)
  begins(w, 'ml-separation', 'supervisor')
  expect(w.openSteps()).toEqual(['separation.request'])
})
