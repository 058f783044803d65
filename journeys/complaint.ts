import type { Journey } from './telling/tell.ts'
import { settled } from './ground/people.ts'
import { changed, seen } from './ground/seen.ts'

export const complaint: Journey = {
  name: 'complaint',
  title: 'Une plainte contre un agent, qui n’en saura jamais rien par nous',
  async tell(world) {
    const { story } = world
    const { manager, colleague, antenna, supervisor, complaints, outside } = world.cast
    const number = await settled(world, { name: 'Djeneba' })

    story.chapter('La plainte vise le gestionnaire de cas')
    const before = await seen(manager, number)
    const mailed = (await world.mails()).at(-1)?.id ?? 0
    const answers = { kind: 'conduct', about: manager.id, words: 'Il a demandé de l’argent.' }
    const received = await world.begin(antenna, number, 'ml-complaint', answers)
    story.expect('celui qui la porte lit seulement qu’elle est reçue', received['status'] === 'recorded')
    const pages = changed(before, await seen(manager, number))
    story.expect(['rien ne change pour la personne visée', ...pages].join(' '), pages.length === 0)
    for (const person of [manager, supervisor, colleague])
      story.expect(
        `${person.name} n’en voit aucune étape`,
        (await world.items(person, number, 'complaint.reception')).length === 0,
      )
    const hidden = await world.item(complaints, number, 'complaint.reception')
    const { status, problem } = await manager.refused(`/api/v1/cases/${number}/actions/complete_step`, {
      step: hidden,
      outcome: 'acknowledged',
    })
    story.expect('y toucher lui répond « introuvable »', status === 404 && problem['code'] === 'not_found')

    story.chapter('Accusé de réception, instruction, réponse : jamais par la même personne')
    await world.days(7)
    await world.complete(complaints, number, 'complaint.reception', 'acknowledged')
    await world.complete(complaints, number, 'inquiry', 'done')
    await world.complete(outside, number, 'complaint.answer', 'founded')
    await world.complete(complaints, number, 'answer_told', 'told')
    const mails = await world.mails(mailed)
    const of = (login: string) => mails.filter((mail) => mail.to.includes(login))
    story.expect('le chargé des plaintes a reçu son rappel', of('souleymane.dao').length > 0)
    const words = /plainte|instruction/i
    const elsewhere = mails.filter((mail) => !/souleymane\.dao|fanta\.niare/.test(mail.to))
    story.expect(
      'nul autre, et surtout pas la personne visée, n’a reçu un mot de la plainte',
      elsewhere.every((mail) => !words.test(mail.subject + mail.text)),
    )
    story.expect(
      'même leurs courriels ne nomment pas le dossier',
      of('souleymane.dao').every((mail) => !mail.text.includes(number)),
    )

    story.chapter('Exploitation sexuelle : l’affaire sort du service')
    await world.begin(antenna, number, 'ml-complaint', { kind: 'sexual_exploitation', words: 'Confié en tête à tête.' })
    await world.opened('le contact extérieur en est saisi aussitôt', outside, number, 'complaint.outside')
    story.expect(
      'le service des plaintes n’instruit pas',
      (await world.items(complaints, number, 'complaint.reception')).length === 0,
    )
    await world.complete(outside, number, 'complaint.outside', 'taken_over', { safe: true })
    await world.complete(outside, number, 'answer_told', 'told')
  },
}
