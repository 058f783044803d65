import type { Body } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { shifted, type StoryWorld } from './telling/world.ts'
import { arrivalStep } from './return/arrival.ts'

const COMMITTEE = 'sory.diabate'
const PEOPLE = ['Hamidou', 'Niouma', 'Cheickna', 'Kama', 'Bandiougou', 'Diango']

/** Sent back overland: a convoy that was told of a few hours before, counted by the head of the border post. */
async function convoy(world: StoryWorld): Promise<{ arrival: string; numbers: string[] }> {
  const { desk, goguiAgent, goguiHead } = world.cast
  world.story.chapter('Un convoi reconduit à la frontière de Gogui, en pleine crise')
  const answers = { centre: 'gogui', channel: 'land', expected_on: world.today, carrier: 'convoy', crisis: true }
  const opened = await desk.post('/api/v1/arrivals', { place: 'gogui', answers: { ...answers, headcount: 6 } })
  const arrival = String(opened['id'])
  await arrivalStep(world, arrival, desk, 'notice', 'confirmed', { return_type: 'forced' })
  await arrivalStep(world, arrival, desk, 'team', 'ready')
  const people = PEOPLE.map((name, index) => ({
    row: `bus-${index + 1}`,
    name: `${name} Exemple`,
    birth: String(1986 + index),
    sex: index % 2 === 0 ? 'm' : 'f',
  }))
  const added = await goguiAgent.post(`/api/v1/arrivals/${arrival}/actions/add_people`, { people })
  const numbers = (added['rows'] as Body[]).map((row) => String(row['case']))
  world.story.tell(world.today, `${goguiAgent.name} ouvre ${numbers.length} dossiers à la frontière`)
  await arrivalStep(world, arrival, goguiHead, 'head_count', 'counted', { absent: 0, crisis: true })
  return { arrival, numbers }
}

/** The fields that registration asks for, as the agent at the border sees them. */
async function asked(world: StoryWorld, number: string): Promise<string[]> {
  const { goguiAgent } = world.cast
  const work = await goguiAgent.get(`/api/v1/work/${await world.item(goguiAgent, number, 'registration')}`)
  const { fields } = work['form'] as { fields: { id: string; ask_when?: unknown }[] }
  return fields.filter((field) => field.ask_when !== false).map((field) => field.id)
}

export const gogui: Journey = {
  name: 'gogui',
  title: 'Gogui, accueil de crise : peu de questions, dix jours pour le reste, un rapport par jour au comité',
  async tell(world) {
    const { story } = world
    const { goguiHead, goguiAgent, iom, nioroSupervisor, nioroManager, nioroAntenna } = world.cast
    const { arrival, numbers } = await convoy(world)
    const arrivedOn = world.today
    const [quick = '', slow = ''] = numbers

    story.chapter('Peu de questions à la frontière')
    for (const number of numbers) await world.complete(goguiAgent, number, 'triage', 'ours')
    const fields = await asked(world, quick)
    story.expect(
      'la langue, la pièce et le parcours ne sont pas demandés ici',
      ['destination', 'vulnerable', 'safe_contact'].every((field) => fields.includes(field)) &&
        ['language', 'document', 'document_number', 'journey'].every((field) => !fields.includes(field)),
    )
    const little = { destination: 'ml-nioro', safe_contact: true }
    for (const number of [quick, slow]) {
      await world.complete(goguiAgent, number, 'registration', 'registered', little)
      await world.complete(goguiHead, number, 'reception.admission', 'done', { bed: true, meals: true })
      await world.complete(goguiAgent, number, 'short_interview', 'done', { understood: true })
      await world.complete(iom, number, 'arrival_cash', 'paid', { amount: 52_000 })
      await world.complete(goguiHead, number, 'onward_transport', 'left', { destination: 'ml-nioro' })
      await world.complete(nioroSupervisor, number, 'manager', 'assigned', { manager: nioroManager.id })
      await world.complete(nioroAntenna, number, 'home_reached', 'reached')
    }
    const full = await nioroManager.get(`/api/v1/work/${await world.item(nioroManager, quick, 'full_registration')}`)
    const by = String((full['deadline'] as Body)['at']).slice(0, 10)
    story.expect(`l’enregistrement complet est dû le ${by}, dixième jour`, by === shifted(arrivedOn, 0, 10))

    await reports(world, arrival)

    story.chapter('Dix jours, pas un de plus sans que quelqu’un le sache')
    await world.complete(nioroManager, quick, 'full_registration', 'done')
    await world.until(shifted(arrivedOn, 0, 10))
    const mailed = (await world.mails()).at(-1)?.id ?? 0
    await world.days(3)
    const reminded = async (number: string): Promise<string[]> =>
      (await world.linesAbout(number, mailed)).flatMap(({ to, line }) =>
        /Enregistrement complet/.test(line) ? [to] : [],
      )
    story.expect(
      'le dossier incomplet est signalé plus haut, l’autre jamais',
      String(await reminded(slow)).includes('kissima.tandia') && (await reminded(quick)).length === 0,
    )
    await world.complete(nioroManager, slow, 'full_registration', 'done')
  },
}

/** One report a day, missed once, until the crisis is lifted. */
async function reports(world: StoryWorld, arrival: string): Promise<void> {
  const { story } = world
  const { goguiHead } = world.cast
  story.chapter('Un rapport par jour au comité de crise')
  const report = async (): Promise<Body | undefined> => {
    const { work } = await goguiHead.get(`/api/v1/arrivals/${arrival}`)
    return (work as Body[]).find((row) => String(row['id']).includes('.daily_report.'))
  }
  const toCommittee = async (after: number) => (await world.mails(after)).filter((mail) => mail.to.includes(COMMITTEE))
  const sent = async (outcome: string): Promise<void> => {
    const before = (await world.mails()).at(-1)?.id ?? 0
    await arrivalStep(world, arrival, goguiHead, 'daily_report', outcome, { present: 4, departed: 2 })
    await world.days(1)
    story.expect('le comité en est averti', (await toCommittee(before)).length === 1)
  }
  await sent('reported')
  story.expect('le lendemain, le rapport suivant est attendu', (await report()) !== undefined)
  await sent('reported')
  const mailed = (await world.mails()).at(-1)?.id ?? 0
  await world.days(3)
  const missed = await world.mails(mailed)
  story.expect(
    'un rapport oublié est rappelé au chef de poste, puis monte au superviseur et à la permanence',
    ['mahamet.doucoure', 'kissima.tandia', 'awa.keita'].every((login) => missed.some(({ to }) => to.includes(login))),
  )
  story.expect('le comité, lui, ne reçoit rien tant que rien n’est fait', (await toCommittee(mailed)).length === 0)
  await sent('reported')
  await sent('lifted')
  story.expect('la crise levée, plus aucun rapport n’est attendu', (await report()) === undefined)
}
