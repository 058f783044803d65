import type { Body } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { shifted } from './telling/world.ts'
import { begun, lifted, previewed } from './ground/batches.ts'
import { held, told, workedBetween } from './ground/deadlines.ts'
import { received, settled } from './ground/people.ts'

export const regionCloses: Journey = {
  name: 'region-closes',
  title: 'Kayes ferme trois semaines : ce qui s’y fait attend, l’accueil et les soins non, et nul délai n’est perdu',
  async tell(world) {
    const { story } = world
    const { manager, supervisor, coordinator, bamakoSupervisor, head, antenna, bamakoMedic } = world.cast
    const number = await settled(world, { name: 'Oumou' }, { economic: true })
    const urgent = await settled(world, { name: 'Lassine', opening: { sex: 'm' } }, { economic: true })
    const onTheWay = await received(world, { name: 'Djeneba' })
    const step = await world.item(manager, number, 'pathway')
    await world.days(1)
    const before = await told(manager, number, step)
    const left = await workedBetween(manager, world.today, before.at.slice(0, 10))

    story.chapter('Les routes de Kayes sont coupées')
    const reopensOn = shifted(world.today, 0, 21)
    const closure: Body = {
      procedure: 'ml-region-closes',
      cases: { place: 'ml-kayes' },
      answers: { region: 'ml-kayes', reason: 'insecurity', reopens_on: reopensOn },
    }
    await world.refused('une autre région n’y ferme rien', bamakoSupervisor, '/api/v1/batches', closure, {
      code: 'role_required',
    })
    const undated = { ...closure, answers: { region: 'ml-kayes', reason: 'insecurity' } }
    await world.refused('on ne ferme pas sans dire jusqu’à quand', coordinator, '/api/v1/batches', undated, {
      code: 'answers_invalid',
      says: /Réouverture prévue/,
    })
    const preview = await previewed(coordinator, closure)
    story.tell(world.today, String(preview['text']))
    const batch = await begun(world, coordinator, closure)
    story.expect('tous les dossiers de Kayes sont touchés', batch['done'] === preview['done'])
    story.expect('l’orientation attend', (await held(supervisor, number)).includes(step))

    story.chapter('Ce qui n’attend pas')
    await world.complete(head, onTheWay, 'onward_transport', 'left', { destination: 'ml-kayes' })
    story.expect('à Bamako, le départ n’attendait pas', (await held(head, onTheWay)).length === 0)
    await world.complete(antenna, onTheWay, 'home_reached', 'reached')
    await world.begin(manager, number, 'ml-health')
    await world.complete(bamakoMedic, number, 'health.triage', 'care')
    const job = { training: false }
    const onHold = { code: 'on_hold', says: /Superviseur/ }
    await world.refusedStep('un appui, lui, attend', manager, urgent, 'pathway', 'job', onHold, job)
    await world.complete(supervisor, urgent, 'region-closes.reopening', 'reopened')
    await world.complete(manager, urgent, 'pathway', 'job', job)

    story.chapter('Trois semaines passent')
    const mailed = (await world.mails()).at(-1)?.id ?? 0
    await world.until(shifted(reopensOn, 0, 3))
    const lines = await world.linesAbout(number, mailed)
    story.expect(
      'personne n’est relancé pour l’étape qui attend',
      lines.every(({ line }) => !/Orientation de filière/.test(line)),
    )
    story.expect(
      'le jour dit, le superviseur a été appelé à rouvrir',
      lines.some(({ line }) => /Réouverture de la région/.test(line)),
    )

    story.chapter('Kayes rouvre')
    const over = await lifted(world, coordinator, batch)
    const lifting = over['lifting'] as { done: number; over: number; kept: number }
    story.expect(
      'partout, sauf où c’était déjà rouvert',
      lifting.kept === 0 && lifting.over >= 1 && lifting.done + lifting.over === batch['done'],
    )
    const after = await told(manager, number, step)
    story.expect(
      `le compte le dit :\n                ${after.lines.join('\n                ')}`,
      after.lines.some((line) => line.startsWith('En pause')),
    )
    const back = await workedBetween(manager, world.today, after.at.slice(0, 10))
    story.expect(`${left} jours ouvrés restaient à la fermeture, ${back} restent`, back === left)
    await world.complete(manager, number, 'pathway', 'job', job)
  },
}
