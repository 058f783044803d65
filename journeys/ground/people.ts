/** Where most stories begin: somebody is back, at home, assessed, with a plan. All within one working day. */

import type { Body } from '../../client/person.ts'
import type { StoryWorld } from '../telling/world.ts'

export interface Arriving {
  name: string
  /** What else is told when the case is opened. */
  opening?: Body
}

export async function arrived(world: StoryWorld, { name, opening = {} }: Arriving): Promise<string> {
  const { story, today, cast } = world
  const answers = { name: `${name} Exemple`, birth: '1994', sex: 'f', arrived_on: today, centre: 'senou', ...opening }
  const opened = await cast.agent1.post('/api/v1/cases', { opening: 'ml-reception', place: 'senou', answers })
  const number = String(opened['number'])
  story.tell(today, `${cast.agent1.name} ouvre le dossier ${number} à l’aéroport de Bamako-Sénou`)
  return number
}

/** Received, housed, given the arrival cash; a case manager of Kayes is named. Ready to leave the centre. */
export async function received(world: StoryWorld, arriving: Arriving, triage: Body = {}): Promise<string> {
  const { agent1, head, finance } = world.cast
  const number = await arrived(world, arriving)
  await world.complete(agent1, number, 'triage', 'ours', triage)
  await world.complete(agent1, number, 'registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
  await world.complete(head, number, 'reception.admission', 'done', { bed: true, meals: true })
  await world.complete(agent1, number, 'short_interview', 'done', { understood: true })
  await world.complete(finance, number, 'arrival_cash', 'paid', { amount: 52_000 })
  return number
}

export async function home(world: StoryWorld, arriving: Arriving): Promise<string> {
  const { head, antenna } = world.cast
  const number = await received(world, arriving)
  await world.complete(head, number, 'onward_transport', 'left', { destination: 'ml-kayes' })
  await assign(world, number)
  await world.complete(antenna, number, 'home_reached', 'reached')
  return number
}

export async function assign(world: StoryWorld, number: string): Promise<void> {
  const { supervisor, manager } = world.cast
  await world.complete(supervisor, number, 'manager', 'assigned', { manager: manager.id })
}

export async function assessed(world: StoryWorld, number: string): Promise<void> {
  const { manager, survey, supervisor } = world.cast
  await world.complete(manager, number, 'first_contact', 'reached', { appointment: world.today })
  await world.complete(manager, number, 'assessment.counselling', 'done', { informed: true })
  await world.complete(manager, number, 'vulnerability', 'assessed', { level: 'medium' })
  await world.complete(manager, number, 'risks', 'done')
  await world.complete(manager, number, 'assessment.family', 'done', { accepted: true })
  await world.complete(manager, number, 'skills', 'done', { can_work: true })
  await world.complete(survey, number, 'rss_baseline', 'surveyed', { composite: 0.42 })
  await world.complete(supervisor, number, 'eligibility', 'eligible')
}

export interface Plan {
  needs?: Body[]
  economic?: boolean
  budget?: number
}
/** Drafted, approved by somebody else, signed and launched. */
export async function planned(world: StoryWorld, number: string, plan: Plan = {}): Promise<void> {
  const { manager, supervisor } = world.cast
  const { needs = [], economic = false, budget = 650_000 } = plan
  await world.complete(manager, number, 'plan.draft', 'drafted', { needs, budget, economic })
  await world.complete(supervisor, number, 'plan.validation', 'approved')
  await world.complete(manager, number, 'signature', 'signed')
  await world.complete(manager, number, 'launch', 'launched')
}

/** Home in Kayes with a case manager and a plan that is under way. */
export async function settled(world: StoryWorld, arriving: Arriving, plan: Plan = {}): Promise<string> {
  world.story.chapter(`Le retour à la maison : ${arriving.name}`)
  const number = await home(world, arriving)
  await assessed(world, number)
  await planned(world, number, plan)
  return number
}

export const NEEDS = {
  health: { key: 'b1', family: 'health', urgency: '3d' },
  psychosocial: { key: 'b2', family: 'psychosocial', urgency: '3d' },
} as const
