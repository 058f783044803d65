import type { Body } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { shifted } from './telling/world.ts'
import { received, settled } from './ground/people.ts'

export const hospital: Journey = {
  name: 'hospital',
  title: 'Un homme à l’hôpital : le départ attend, puis l’appui économique, avec ce qui leur restait',
  async tell(world) {
    const { story } = world
    const { rescue, bamakoMedic, head, psychologist, manager, medic, supervisor, finance } = world.cast
    story.chapter('Malade à la descente de l’avion')
    const arriving = { name: 'Sidi', opening: { sick: true, sex: 'm' } }
    const first = await received(world, arriving, { sick: true })
    await world.complete(rescue, first, 'health.triage', 'urgent')
    await world.complete(rescue, first, 'health.admission', 'admitted')
    await world.complete(psychologist, first, 'screening', 'well', { score: 0, suicide: false })
    const held = { code: 'on_hold', says: /vérification/ }
    await world.refusedStep('il ne part pas avant sa sortie', head, first, 'onward_transport', 'left', held)
    await world.complete(bamakoMedic, first, 'stay', 'still_in')
    await world.days(5)
    await world.complete(bamakoMedic, first, 'stay', 'discharged')
    await world.complete(head, first, 'onward_transport', 'left', { destination: 'ml-kayes' })

    const number = await settled(world, { name: 'Amadou', opening: { sex: 'm' } }, { economic: true })
    story.chapter('Inapte : les étapes économiques sont suspendues')
    await world.begin(manager, number, 'ml-health')
    await world.complete(bamakoMedic, number, 'health.triage', 'care')
    await world.days(2)
    await world.complete(bamakoMedic, number, 'care_plan', 'planned', { fit: 'unfit', paid: true })
    await world.complete(finance, number, 'health.cost', 'paid', { amount: 75_000 })
    const unfit = { code: 'gate_closed', says: /inapte|Soignant/i }
    const job = { training: false }
    await world.refusedStep('pas d’orientation tant qu’il est inapte', manager, number, 'pathway', 'job', unfit, job)
    const review = shifted(world.today, 1, 0)
    await world.complete(supervisor, number, 'health.suspension', 'suspended', { review })
    const left = await remaining(world.cast.manager, number)
    const mailed = (await world.mails()).at(-1)?.id ?? 0
    await world.until(shifted(review, 0, 5))
    const lines = await world.linesAbout(number, mailed)
    story.expect(
      'personne n’est relancé pour l’étape suspendue',
      lines.every(({ line }) => !/Orientation de filière/.test(line)),
    )
    story.expect('son délai a gardé son reste', (await remaining(manager, number)) === left)
    await world.complete(medic, number, 'fitness', 'unfit')
    await world.days(25)

    story.chapter('Apte de nouveau : tout reprend avec ce qui restait')
    await world.complete(medic, number, 'fitness', 'fit')
    const work = await manager.get(`/api/v1/work/${await world.item(manager, number, 'pathway')}`)
    story.expect('l’échéance est à venir', String((work['deadline'] as Body)['at']) > world.today)
    await world.complete(manager, number, 'pathway', 'job', job)
  },
}

/** What is left of the pathway's clock, in the words of its arithmetic. */
async function remaining(person: { get(path: string): Promise<Body> }, number: string): Promise<string> {
  const { items } = await person.get(`/api/v1/cases/${number}/clocks`)
  const clock = (items as Body[]).find((one) => String(one['clock']).includes('.pathway.'))
  return JSON.stringify(clock?.['remaining'] ?? clock?.['left'] ?? clock?.['state'] ?? null)
}
