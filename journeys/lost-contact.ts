import type { Journey } from './telling/tell.ts'
import { settled } from './ground/people.ts'

export const lostContact: Journey = {
  name: 'lost-contact',
  title: 'Sans nouvelles : trois essais, une visite, un sommeil, et jamais de radiation par silence',
  async tell(world) {
    const { story } = world
    const { manager, antenna, supervisor } = world.cast
    const number = await settled(world, { name: 'Yaya' }, { economic: true })

    story.chapter('Trois essais, puis une visite')
    await world.begin(manager, number, 'ml-lost-contact')
    for (const last of [false, false, true]) {
      await world.complete(manager, number, 'tries', 'not_reached')
      if (!last) await world.days(8)
    }
    await world.complete(antenna, number, 'home_check', 'not_found')
    const held = { code: 'on_hold' }
    await world.refusedStep('l’appui économique dort', manager, number, 'pathway', 'job', held, { training: false })

    story.chapter('Quatre-vingt-dix jours sans nouvelles')
    await world.days(95)
    const dormant = await supervisor.get(`/api/v1/cases/${number}`)
    story.expect('le silence n’a rien clos', dormant['status'] === 'open')
    await world.complete(manager, number, 'dormant', 'still_lost')
    await world.complete(supervisor, number, 'outlook', 'keep_dormant')

    story.chapter('Un an plus tard, il appelle')
    await world.advance({ by: { amount: 12, unit: 'months' } })
    await world.complete(manager, number, 'yearly', 'reached')
    await world.complete(manager, number, 'pathway', 'job', { training: false })
  },
}
