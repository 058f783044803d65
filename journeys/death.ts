import type { Journey } from './telling/tell.ts'
import { NEEDS, settled } from './ground/people.ts'

export const death: Journey = {
  name: 'death',
  title: 'Un décès : tout s’arrête, rien ne s’écrit sans qu’une personne le décide',
  async tell(world) {
    const { story } = world
    const { antenna, manager, supervisor, deputy, complaints, outside } = world.cast
    const number = await settled(world, { name: 'Sira' }, { needs: [NEEDS.health], economic: true })
    await world.complete(manager, number, 'need', 'done', { urgency: '3d' })
    await world.complete(manager, number, 'agreement', 'given')
    await world.complete(manager, number, 'provider', 'chosen', { to: 'csref-kayes', rank: 1 })

    const complaint = { kind: 'conduct', about: manager.id, words: 'Il a demandé de l’argent.' }
    await world.begin(antenna, number, 'ml-complaint', complaint)

    story.chapter('Le village annonce le décès')
    await world.begin(antenna, number, 'ml-death', { source: 'community' })
    const refused = { code: 'on_hold', says: /vérification/ }
    await world.refusedStep('plus aucune étape n’avance', manager, number, 'sending', 'sent', refused)
    const before = (await world.mails()).at(-1)?.id ?? 0
    await world.days(12)
    const meanwhile = await world.linesAbout(number, before)
    story.expect(
      'douze jours passent : seuls partent des rappels de vérifier le décès',
      meanwhile.length > 0 && meanwhile.every(({ line }) => /décès/i.test(line)),
    )
    story.expect(
      'ni la famille ni un prestataire ne reçoit rien',
      meanwhile.every(({ to: all }) => all.split(', ').every((to) => to.endsWith('@segin.example'))),
    )

    story.chapter('Le superviseur confirme')
    await world.complete(supervisor, number, 'death.confirmation', 'confirmed')
    const left = await supervisor.get(`/api/v1/cases/${number}`)
    const open = (left['open_steps'] as { id: string }[]).map(({ id }) => id.split('.')[2]).toSorted()
    story.expect('il ne reste que la famille et les personnes à charge', String(open) === 'dependants,family')
    await world.opened('la plainte, elle, attend toujours qui l’instruit', complaints, number, 'complaint.reception')
    const begin = `/api/v1/cases/${number}/actions/begin_procedure`
    const dead = { code: 'gate_closed', says: /décès de cette personne est confirmé/ }
    const referral = { procedure: 'ml-referral', answers: { family: 'health', urgency: '3d' } }
    await world.refused('rien ne commence après un décès', manager, begin, referral, dead)
    const again = { procedure: 'ml-death', answers: { source: 'family' } }
    await world.refused('pas même un second décès', antenna, begin, again, dead)

    story.chapter('La famille, de vive voix ; le courrier, sur décision')
    await world.complete(antenna, number, 'death.family', 'told')
    await world.complete(manager, number, 'dependants', 'none')
    await world.complete(supervisor, number, 'letter', 'released')
    const waits = { code: 'on_hold', says: /vérification/ }
    await world.refusedStep('la clôture attend, sans dire quoi', deputy, number, 'death.end', 'closed', waits)
    await world.complete(complaints, number, 'complaint.reception', 'acknowledged')
    await world.complete(complaints, number, 'inquiry', 'done')
    await world.complete(outside, number, 'complaint.answer', 'founded')
    await world.complete(complaints, number, 'answer_told', 'not_reached')
    await world.complete(deputy, number, 'death.end', 'closed')
    const silence = (await world.mails()).at(-1)?.id ?? 0
    await world.days(40)
    story.expect(
      'quarante jours plus tard, aucun courriel ne parle plus de ce dossier',
      (await world.mails(silence)).every((mail) => !mail.text.includes(number)),
    )
  },
}
