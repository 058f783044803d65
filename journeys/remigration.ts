import type { Journey } from './telling/tell.ts'
import { settled } from './ground/people.ts'

export const remigration: Journey = {
  name: 'remigration',
  title: 'Reparti : douze mois d’attente, puis une personne nommée décide',
  async tell(world) {
    const { story } = world
    const { antenna, manager, supervisor, deputy } = world.cast
    const number = await settled(world, { name: 'Bakary' }, { economic: true })

    story.chapter('L’antenne apprend qu’il a repris la route')
    await world.begin(antenna, number, 'ml-remigration')
    await world.complete(manager, number, 'remigration.talk', 'unreachable')
    const held = { code: 'on_hold' }
    await world.refusedStep('l’appui économique attend', manager, number, 'pathway', 'job', held, { training: false })
    await world.advance({ by: { amount: 12, unit: 'months' } })
    const still = await supervisor.get(`/api/v1/cases/${number}`)
    story.expect('douze mois de silence n’ont rien clos', still['status'] === 'open')

    story.chapter('Toujours parti : la clôture se propose, et se décide')
    await world.complete(manager, number, 'remigration.dormant', 'gone')
    await world.complete(manager, number, 'proposal', 'proposed', { reason: 'remigrated' })
    await world.complete(supervisor, number, 'approval', 'approved')
    await world.complete(manager, number, 'last_meeting', 'not_possible')
    await world.complete(deputy, number, 'archive', 'closed')
  },
}
