/** What nonsense may find: a case that is followed, a partner who is asked, a restricted run, each with words of its own. */

import { type Cast, assemble } from '../../journeys/telling/cast.ts'
import type { Body } from '../../client/person.ts'
import { Story } from '../../journeys/telling/story.ts'
import { type Planted, PlantingWorld } from '../../test/harm/canaries/planting.ts'
import { home } from '../../journeys/ground/people.ts'
import type { Existing } from './settings.ts'

export interface Ground {
  existing: Existing
  /** The followed case. */
  number: string
  /** A partner's way in: where, and the code told by telephone. */
  link: { path: string; code: string }
  /** Words that stand in what is told of the case at all, and those that only its restricted run holds. */
  words: { ordinary: string[]; restricted: string[] }
}
export const RESTRICTED = 'ml-trafficking'
const PARTNER = 'csref-kayes'

export async function makeGround(folder: string): Promise<Ground> {
  const world = new PlantingWorld(await assemble(folder), new Story(() => {}))
  const { cast, planted } = world
  await world.lookAtDate()
  const number = await home(world, { name: planted.word('opening.name') })
  const done = await world.item(cast.manager, number, 'first_contact')
  await world.complete(cast.manager, number, 'first_contact', 'reached', { appointment: world.today })
  const link = await asked(world, number)
  const ordinary = [...planted.words.keys()]
  await world.begin(cast.manager, number, RESTRICTED, { report: 'Vu' })
  const hidden = await world.item(cast.focal, number, 'signs')
  await world.complete(cast.focal, number, 'signs', 'signs', { note: planted.word('signs.note') })
  const open = (await cast.manager.get(`/api/v1/cases/${number}`))['open_steps'] as Body[]
  const existing = {
    cases: [number],
    arrivals: [await announced(cast, world.today)],
    items: [hidden, done, ...open.map((one) => String(one['id']))],
    users: Object.values(cast).map(({ id }) => id),
    procedures: [RESTRICTED, 'ml-reception', 'ml-referral', 'ml-closure'],
  }
  return { existing, number, link, words: { ordinary, restricted: secretsOf(planted, ordinary) } }
}

const secretsOf = ({ words }: Planted, ordinary: string[]): string[] =>
  [...words.keys()].filter((word) => !ordinary.includes(word))

/** A referral that has been sent to a partner, who has not answered. */
async function asked(world: PlantingWorld, number: string): Promise<Ground['link']> {
  const { manager } = world.cast
  await world.begin(manager, number, 'ml-referral', { family: 'health', urgency: '3d' })
  await world.complete(manager, number, 'referral.need', 'done', { urgency: '3d' })
  await world.complete(manager, number, 'referral.agreement', 'given')
  await world.complete(manager, number, 'provider', 'chosen', { to: PARTNER, rank: 1 })
  await world.complete(manager, number, 'sending', 'sent')
  const item = await world.item(manager, number, 'referral.answer')
  const { url, code } = await manager.post(`/api/v1/work/${item}/link`, {})
  return { path: new URL(String(url)).pathname, code: String(code) }
}

async function announced({ agent1 }: Cast, today: string): Promise<string> {
  const flight = { place: 'senou', channel: 'air', expected: today, headcount: 3 }
  return String((await agent1.post('/api/v1/arrivals', flight))['id'])
}
