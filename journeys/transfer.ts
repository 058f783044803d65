import type { Body } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { settled } from './ground/people.ts'

export const transfer: Journey = {
  name: 'transfer',
  title: 'Un déménagement : le dossier change de région quand l’autre région l’accepte',
  async tell(world) {
    const { story } = world
    const { manager, supervisor, bamakoSupervisor, bamakoManager } = world.cast
    const number = await settled(world, { name: 'Moussa' }, { economic: true })

    story.chapter('Il rejoint sa famille à Bamako')
    await world.begin(manager, number, 'ml-transfer')
    const nowhere = { code: 'answers_invalid', says: /Région d.accueil|obligatoire|nécessaire|requis/i }
    const nobody = { code: 'answers_invalid' }
    const request = await world.item(manager, number, 'transfer.request')
    const act = `/api/v1/cases/${number}/actions/complete_step`
    const asked = { step: request, outcome: 'asked', answers: { reason: 'family' } }
    await world.refused('un transfert vers nulle part', manager, act, asked, nowhere)
    await world.complete(manager, number, 'transfer.request', 'asked', { to: 'ml-bamako', reason: 'family' })
    const pathway = await world.item(manager, number, 'pathway')
    const deadline = async (): Promise<string> =>
      String(((await supervisor.get(`/api/v1/work/${pathway}`))['deadline'] as Body)['at'])
    const before = await deadline()
    story.expect(
      'jusque-là il garde son gestionnaire',
      ((await supervisor.get(`/api/v1/cases/${number}`))['case_manager'] as Body)['id'] === manager.id,
    )
    const accepted = {
      step: await world.item(bamakoSupervisor, number, 'acceptance'),
      outcome: 'accepted',
      answers: {},
    }
    const work = await bamakoSupervisor.get(`/api/v1/work/${accepted.step}`)
    const body = { ...accepted, basis: work['basis'] ?? '' }
    await world.refused('un transfert à personne', bamakoSupervisor, act, body, nobody)

    story.chapter('Bamako le reprend, délais en marche')
    const toBamako = { manager: bamakoManager.id }
    await world.complete(bamakoSupervisor, number, 'acceptance', 'accepted', toBamako)
    const moved = await bamakoSupervisor.get(`/api/v1/cases/${number}`)
    story.expect('le gestionnaire de Bamako est nommé', (moved['case_manager'] as Body)['id'] === bamakoManager.id)
    const kept = await bamakoManager.get(`/api/v1/work/${pathway}`)
    story.expect('l’échéance n’a pas bougé', (kept['deadline'] as Body)['at'] === before)
    const gone = await manager.refused(act, { step: pathway, outcome: 'job', answers: { training: false } })
    story.expect('l’ancien gestionnaire n’y touche plus', [403, 404].includes(gone.status))
    await world.complete(bamakoManager, number, 'pathway', 'job', { training: false })

    story.chapter('Une autre région décline : le niveau national tranche')
    const other = await settled(world, { name: 'Adama' })
    await world.begin(manager, other, 'ml-transfer')
    await world.complete(manager, other, 'transfer.request', 'asked', { to: 'ml-bamako', reason: 'work' })
    await world.complete(bamakoSupervisor, other, 'acceptance', 'declined', { reason: 'no_room' })
    await world.complete(world.cast.coordination, other, 'dispute', 'imposed', toBamako)
    const imposed = await bamakoManager.get(`/api/v1/cases/${other}`)
    story.expect('Bamako a maintenant le dossier', (imposed['case_manager'] as Body)['id'] === bamakoManager.id)
  },
}
