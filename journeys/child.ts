import type { Journey } from './telling/tell.ts'
import { shifted, type StoryWorld } from './telling/world.ts'

const CRISIS = { channel: 'land', crisis: true, unaccompanied: true }

/** Turned back at the border of Gogui in the middle of a crisis, and brought to Bamako. In safety and in care. */
async function sheltered(world: StoryWorld, name: string): Promise<string> {
  const { agent1, head, supervisor, childOfficer, manager } = world.cast
  const answers = { name: `${name} Exemple`, birth: '2012', arrived_on: world.today, centre: 'senou', ...CRISIS }
  const opened = await agent1.post('/api/v1/cases', { opening: 'ml-reception', place: 'senou', answers })
  const number = String(opened['number'])
  world.story.tell(world.today, `${agent1.name} ouvre le dossier ${number} : accueil de crise, enfant seul`)
  await world.complete(agent1, number, 'reception.triage', 'ours')
  await world.complete(head, number, 'child.safety', 'sheltered', { declared_age: 14 })
  await world.complete(agent1, number, 'child.report', 'reported')
  const little = { destination: 'ml-kayes', safe_contact: true }
  await world.complete(agent1, number, 'reception.registration', 'registered', little)
  await world.opened('en crise, l’enregistrement complet attend dix jours', agent1, number, 'full_registration')
  await world.complete(supervisor, number, 'manager', 'assigned', { manager: manager.id })
  await world.complete(childOfficer, number, 'placement', 'placed')
  return number
}

export const child: Journey = {
  name: 'child',
  title: 'Une enfant seule à la frontière : aucune décision sans tuteur, puis une famille',
  async tell(world) {
    const { story } = world
    const { head, childOfficer, judge, childPanel, supervisor, deputy, manager } = world.cast
    story.chapter('À l’abri, et rien d’autre avant un tuteur')
    const number = await sheltered(world, 'Fanta')
    await world.complete(manager, number, 'full_registration', 'done')
    await world.complete(head, number, 'reception.admission', 'done', { bed: true, meals: true })
    story.expect(
      'elle ne prend pas la route des adultes',
      (await world.items(head, number, 'onward_transport')).length === 0,
    )
    const adult = { turns_18_on: shifted(world.today, 40, 0), level: 'high' }
    const someone = { code: 'gate_closed', says: /tuteur/ }
    const bia = ['child.bia', 'assessed'] as const
    await world.refusedStep('pas d’évaluation sans tuteur', childOfficer, number, ...bia, someone, adult)
    await world.complete(childOfficer, number, 'provisional', 'named')
    await world.complete(childOfficer, number, ...bia, adult)
    const guardian = { code: 'gate_closed', says: /tuteur doit d.abord être désigné/ }
    const hearing = ['child.hearing', 'heard'] as const
    await world.refusedStep('pas d’audition sans tuteur désigné', judge, number, ...hearing, guardian)
    await world.begin(manager, number, 'ml-closure')
    await world.complete(manager, number, 'proposal', 'proposed', { reason: 'own_wish' })
    const closing = ['approval', 'approved'] as const
    await world.refusedStep('pas de clôture non plus', supervisor, number, ...closing, guardian)
    const until = shifted(world.today, 24, 0)
    await world.complete(judge, number, 'appointment', 'appointed', { until })
    const heard = { code: 'gate_closed', says: /entendu/ }
    await world.refusedStep('ni avant qu’elle ait été entendue', supervisor, number, ...closing, heard)
    await world.complete(judge, number, ...hearing)
    await world.complete(supervisor, number, 'approval', 'keep_open')

    story.chapter('Sa famille est retrouvée')
    await world.complete(childOfficer, number, 'tracing_started', 'begun')
    await world.days(16)
    await world.complete(childOfficer, number, 'placement_review', 'kept')
    await world.complete(childOfficer, number, 'child.tracing', 'found')
    await world.complete(childOfficer, number, 'family_check', 'done', { link_proved: true, welcome: true })
    await world.complete(childPanel, number, 'bid', 'reunify')
    await world.complete(childOfficer, number, 'child.handover', 'to_care', { date: world.today })
    const handedOver = world.today

    story.chapter('Une année de visites ; à l’une, elle est en danger')
    await world.complete(manager, number, 'school_plan', 'done', { needs: [] })
    await world.days(7)
    await world.complete(childOfficer, number, 'w1', 'seen')
    await world.until(shifted(handedOver, 1, 0))
    await world.complete(childOfficer, number, 'child-care.m1', 'danger')
    await world.complete(childOfficer, number, 'protection', 'sheltered')
    await world.complete(childPanel, number, 'new_decision', 'stays')
    for (const [visit, months] of [
      ['m3', 3],
      ['m6', 6],
      ['m12', 12],
    ] as const) {
      await world.until(shifted(handedOver, months, 0))
      await world.complete(childOfficer, number, `child-care.${visit}`, 'seen')
    }
    await world.complete(supervisor, number, 'child-care.end', 'ended')
    await world.complete(manager, number, 'proposal', 'proposed', { reason: 'goals_reached' })
    await world.complete(supervisor, number, 'approval', 'approved')
    await world.complete(manager, number, 'last_meeting', 'held', { complaint: false })
    await world.complete(deputy, number, 'archive', 'closed')
  },
}

export const eighteen: Journey = {
  name: 'eighteen',
  title: 'Dix-huit ans : la tutelle finit le jour même, quelqu’un conduit le passage',
  async tell(world) {
    const { story } = world
    const { childOfficer, judge, supervisor, manager } = world.cast
    story.chapter('À trois semaines de sa majorité')
    const number = await sheltered(world, 'Awa')
    await world.complete(childOfficer, number, 'provisional', 'named')
    const birthday = shifted(world.today, 0, 21)
    await world.complete(childOfficer, number, 'child.bia', 'assessed', { turns_18_on: birthday, level: 'medium' })
    await world.complete(judge, number, 'appointment', 'appointed', { until: shifted(world.today, 12, 0) })
    await world.until(shifted(birthday, 0, -1))
    story.expect('la veille, rien n’a changé', (await world.items(supervisor, number, 'majority.passage')).length === 0)
    await world.until(birthday)
    const held = { code: 'on_hold' }
    await world.refusedStep(
      'le jour même, la procédure des enfants attend',
      judge,
      number,
      'child.hearing',
      'heard',
      held,
    )
    await world.complete(supervisor, number, 'majority.passage', 'adult', { informed: true })
    await world.opened('elle entre dans l’évaluation des adultes', manager, number, 'assessment.counselling')
    story.expect('la procédure des enfants est finie', (await world.items(judge, number, 'child.hearing')).length === 0)
  },
}
