/** Whatever is offered is accepted, and whatever would be accepted is offered: role by role, place by place. */

import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import type { CaseState } from '../../cases/state.ts'
import { SUPERVISORS } from '../../cases/who-may.ts'
import type { Body } from '../../client/person.ts'
import type { Answer, Person } from '../api/installed-api.ts'
import { complete, inDays, must } from '../api/screens/clerk.ts'
import { byDay } from '../depth.ts'
import { followed, type Ground, ground, PLACES, type At } from './authorisation/ground.ts'
import { everyTarget, nameOf, offeredTo, preview, stateOf, triedAt } from './offered/tried.ts'

let here: Ground
/** Open and with everything in it, suspended (so that its clocks are held), and closed. */
let cases: { open: string; suspended: string; closed: string }
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  here = await ground(inject('postgres'))
  cases = { open: here.number, suspended: await suspendedCase(here), closed: await closedCase(here) }
})
afterAll(async () => {
  vi.useRealTimers()
  await here.world.end()
})

/** Suspended while a step waits whose clock may be extended. */
async function suspendedCase({ world, manager }: Ground): Promise<string> {
  const number = await followed(world, manager)
  const moussa = world.person('moussa.traore')
  await complete(world.person('boubacar.dembele'), number, 'short_interview', 'done')
  await complete(world.person('ramata.cisse'), number, 'arrival_cash', 'paid')
  await must(moussa.post(`/api/v1/cases/${number}/actions/suspend`, { review_on: inDays(30), reason: 'Absente' }))
  const { clocks } = await stateOf(world, number)
  expect(Object.values(clocks).some(({ item, heldBy }) => item.includes('onward_transport') && heldBy.length > 0)).toBe(
    true,
  )
  return number
}

async function closedCase({ world, manager }: Ground): Promise<string> {
  const number = await followed(world, manager)
  const [fatoumata, moussa] = [world.person('fatoumata.coulibaly'), world.person('moussa.traore')]
  const begun = { procedure: 'ml-closure', answers: {} }
  await must(fatoumata.post(`/api/v1/cases/${number}/actions/begin_procedure`, begun))
  await complete(fatoumata, number, 'proposal', 'proposed', { reason: 'goals_reached' })
  await complete(moussa, number, 'approval', 'approved')
  await complete(fatoumata, number, 'last_meeting', 'not_possible')
  await complete(moussa, number, 'archive', 'closed')
  const seen = await must(moussa.get(`/api/v1/cases/${number}`))
  expect(seen.body['status']).toBe('closed')
  return number
}

/** Said to those who may, about what they filled in, and about a gate, which says who opens it. */
const ABOUT_CONTENT = ['answers_invalid', 'changed_since_seen']
const isAccepted = (answer: Answer): boolean =>
  answer.status < 300 || ABOUT_CONTENT.includes(String(answer.body['code']))
const mayBeOffered = (answer: Answer): boolean => isAccepted(answer) || answer.body['code'] === 'gate_closed'

/** Accepted, and not offered on purpose. */
function isLeftOut(act: string, at: Body, state: CaseState, item: Body | undefined): boolean {
  // A suspended case is resumed; a second suspension beside the first serves nobody.
  if (act === 'suspend' || (act === 'begin_procedure' && at['procedure'] === 'ml-suspension'))
    return act === 'begin_procedure' || Object.values(state.runs).some((run) => run.procedure.id === 'ml-suspension')
  // A refusal that is taken back is a consent that is given: it is recorded anew.
  if (act === 'withdraw_consent') return state.consents[String(at['consent'])]?.state === 'refused'
  // There is nothing to correct where nothing was asked.
  const fields = (item?.['form'] as Body | undefined)?.['fields']
  return act === 'correct_answer' && Array.isArray(fields) && fields.length === 0
}

/** By day those who supervise are asked, of the others one in three, and of what is not offered one in so many. */
const SAMPLE = byDay(25, 1)
const PEOPLE = Math.min(SAMPLE, 3)
const KINDS = ['open', 'suspended', 'closed'] as const

it.each(KINDS)('what is offered is what is accepted: %s', async (kind) => {
  const number = cases[kind]
  const state = await stateOf(here.world, number)
  const targets = everyTarget(state, Object.keys(here.world.country.procedures))
  const items = [...new Set(targets.flatMap(({ at }) => (typeof at['step'] === 'string' ? [at['step']] : [])))]
  const [refused, missing]: [string[], string[]] = [[], []]
  let [people, offers, others] = [0, 0, 0]
  const judge = async (who: string, person: Person, turn: number): Promise<void> => {
    const offered = await offeredTo(person, number, items)
    if (offered !== null) people += 1
    for (const [name, { act, body }] of offered?.acts ?? []) {
      const item = offered?.items.get(String(body['step'])) ?? null
      const answer = await preview(person, number, triedAt(act, body, item, here.manager))
      offers += 1
      if (!mayBeOffered(answer)) refused.push(`${who}: ${name} → ${answer.status} ${String(answer.body['code'])}`)
    }
    for (const [index, { act, at }] of targets.entries()) {
      const left = offered?.acts.has(nameOf({ act, at })) ?? false
      if (left || (index + turn) % SAMPLE > 0) continue
      const item = offered?.items.get(String(at['step']))
      const answer = await preview(person, number, triedAt(act, at, item ?? null, here.manager))
      others += 1
      if (isAccepted(answer) && !isLeftOut(act, at, state, item)) missing.push(`${who}: ${nameOf({ act, at })}`)
    }
  }
  const asked = here.roles.flatMap((role) => (Object.keys(PLACES) as At[]).map((at) => ({ role, at })))
  for (const [index, { role, at }] of asked.entries())
    if (SUPERVISORS.includes(role) || (index + KINDS.indexOf(kind)) % PEOPLE === 0)
      await judge(`${role} at ${at}`, here.askers()(role, at), index)
  console.info(`${kind}: ${people} people know it, ${offers} offers and ${others} other acts were tried`)
  expect({ refused, missing }).toEqual({ refused: [], missing: [] })
  expect(offers).toBeGreaterThan(people)
})
