import type { Journey } from './telling/tell.ts'
import { settled } from './ground/people.ts'
import { shifted } from './telling/world.ts'

export const threat: Journey = {
  name: 'threat',
  title: 'Une menace : les visites s’arrêtent, le superviseur décide de leur reprise',
  async tell(world) {
    const { story } = world
    const { manager, supervisor, survey, antenna } = world.cast
    const number = await settled(world, { name: 'Kadidia' })
    const signedOn = world.today
    await world.until(shifted(signedOn, 1, -5))

    story.chapter('La route n’est plus sûre')
    await world.begin(antenna, number, 'ml-threat', { kind: 'area' })
    const held = { code: 'on_hold', says: /Superviseur/ }
    await world.refusedStep('plus aucune visite', manager, number, 'm1', 'seen', held)
    await world.complete(supervisor, number, 'threat.verdict', 'stay_away')
    await world.days(20)
    await world.complete(supervisor, number, 'threat.review', 'unsafe')
    await world.days(29)
    await world.complete(supervisor, number, 'threat.review', 'safe')

    story.chapter('Les visites reprennent, et le suivi va jusqu’au bout')
    await world.complete(manager, number, 'm1', 'seen')
    await world.until(shifted(signedOn, 3, 0))
    await world.complete(manager, number, 'm3', 'seen')
    await world.until(shifted(signedOn, 6, 0))
    await world.complete(survey, number, 'm6', 'seen', { composite: 0.3, changed: true })

    story.chapter('Le score a baissé : le plan est révisé, et seul ce qui change recommence')
    await world.complete(manager, number, 'revision_asked', 'revise')
    await world.opened('un nouveau projet de plan', manager, number, 'plan.draft')
  },
}
