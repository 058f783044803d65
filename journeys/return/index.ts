import type { Body } from '../../client/person.ts'
import type { Journey } from '../telling/tell.ts'
import type { StoryWorld } from '../telling/world.ts'
import { charter } from './arrival.ts'
import { assessment } from './assessment.ts'
import { centre } from './centre.ts'
import { closure, followUp } from './follow-up.ts'
import { referrals } from './referrals.ts'

/** From the airport to the last visit: a charter of twelve, one person followed for a year, then what was kept of it. */
export const oneReturn: Journey = {
  name: 'return',
  title: 'Un retour, de l’aéroport à la dernière visite',
  async tell(world) {
    const number = await charter(world)
    await centre(world, number)
    await assessment(world, number)
    const signedOn = world.today
    await referrals(world, number)
    await followUp(world, number, signedOn)
    await closure(world, number)
    await timeline(world, number)
    await notices(world, number)
  },
}

async function timeline(world: StoryWorld, number: string): Promise<void> {
  world.story.chapter('Le dossier, raconté par son journal')
  const { entries } = await world.cast.supervisor.get(`/api/v1/cases/${number}/timeline?limit=200`)
  for (const entry of (entries as Body[]).toReversed()) {
    world.story.tell(String(entry['happened']).slice(0, 10), String(entry['text']))
  }
}

/** What left because of the followed case, with its rung. */
async function notices(world: StoryWorld, number: string): Promise<void> {
  world.story.chapter('Rappels, relances et avis de ce dossier')
  const { items } = await world.cast.supervisor.get(`/api/v1/cases/${number}/notices`)
  for (const one of (items as Body[]).toReversed()) {
    const to = (one['to'] as Body)['role'] ?? 'partenaire ou personne désignée'
    const [due, notice, title, state] = [one['due'], one['notice'], one['title'], one['state']].map(String)
    world.story.tell(
      (due ?? '').slice(0, 10),
      `${(notice ?? '').padEnd(11)}${String(to).padEnd(34)}« ${title} » (${state})`,
    )
  }
  world.story.expect('des rappels et des relances sont partis', (items as Body[]).length > 0)
}
