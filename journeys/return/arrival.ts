import type { Body } from '../../client/person.ts'
import type { StoryWorld } from '../telling/world.ts'

const FIRST = [
  'Awa',
  'Ibrahim',
  'Fanta',
  'Moussa',
  'Kadidia',
  'Sidi',
  'Rokia',
  'Amadou',
  'Aminata',
  'Bakary',
  'Nènè',
  'Yaya',
]

/** A charter of twelve at Bamako-Sénou: two agents add people at once, one row has to be corrected. Answers the case of the first. */
export async function charter(world: StoryWorld): Promise<string> {
  const { story } = world
  const { desk, agent1, agent2, head } = world.cast
  story.chapter('Un vol de douze personnes à Bamako-Sénou')
  const arrival = await desk.post('/api/v1/arrivals', {
    place: 'senou',
    answers: { centre: 'senou', channel: 'air', expected_on: world.today, carrier: 'charter', headcount: 12 },
  })
  const id = String(arrival['id'])
  story.tell(world.today, `${desk.name} annonce l'arrivée ${id}`)
  await arrivalStep(world, id, desk, 'notice', 'confirmed')
  await arrivalStep(world, id, desk, 'team', 'ready')

  const people = FIRST.map((name, index) => ({
    row: `guichet${index < 6 ? 1 : 2}-${String(index + 1).padStart(2, '0')}`,
    name: `${name} Exemple`,
    birth: index === 11 ? '19O4' : String(1984 + index),
    sex: index % 2 === 0 ? 'f' : 'm',
    phone: `+223 70 00 77 ${String(index).padStart(2, '0')}`,
  }))
  const act = `/api/v1/arrivals/${id}/actions/add_people`
  const [first, second] = await Promise.all([
    agent1.post(act, { people: people.slice(0, 6) }),
    agent2.post(act, { people: people.slice(6) }),
  ])
  const results = [...rowsOf(first), ...rowsOf(second)]
  story.tell(
    world.today,
    `Deux guichets enregistrent : ${results.filter((row) => row['result'] === 'opened').length} dossiers ouverts`,
  )
  story.expect(
    'une ligne fautive ne refuse pas les autres',
    results.filter((row) => row['result'] === 'refused').length === 1,
  )
  const again = await agent2.post(act, { people: [{ ...people[11], birth: '1995' }] as unknown as Body[] })
  story.expect('la ligne corrigée ouvre son dossier', rowsOf(again)[0]?.['result'] === 'opened')
  await arrivalStep(world, id, head, 'head_count', 'counted', { absent: 0, crisis: false })
  const twelve = await desk.get(`/api/v1/arrivals/${id}`)
  story.expect('douze dossiers, aucun en double', twelve['cases'] === 12)
  return String(results[0]?.['case'])
}

const rowsOf = (answer: Body): Body[] => answer['rows'] as Body[]

/** Completes a step of an arrival, not of one of its cases. */
export async function arrivalStep(
  world: StoryWorld,
  id: string,
  person: StoryWorld['cast']['desk'],
  step: string,
  outcome: string,
  given: Body = {},
): Promise<void> {
  const arrival = await person.get(`/api/v1/arrivals/${id}`)
  const item = (arrival['work'] as { id: string }[]).map((row) => row.id).find((one) => one.split('.')[2] === step)
  if (item === undefined) throw new Error(`${step} is not open in ${id}`)
  await world.completeItem(person, item, outcome, given)
}
