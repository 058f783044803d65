/** An arrival with every act that people do on its steps; no clock of an arrival may be extended, which is an answer too. */

import { randomUUID } from 'node:crypto'
import type { Body, Person } from '../../client/person.ts'
import type { StoryWorld } from '../../journeys/telling/world.ts'

const PAPER = [{ paper: { kept_at: 'Classeur bleu' } }]

export async function arrivalAtTheDesk({ cast, today }: StoryWorld, coordinator: Person): Promise<void> {
  const { desk, coordination, rescue, bamakoSupervisor: supervisor } = cast
  const announced = await desk.post('/api/v1/arrivals', {
    place: 'senou',
    channel: 'air',
    expected: `${today}T19:30:00Z`,
    carrier: 'charter',
    headcount: 40,
  })
  const at = `/api/v1/arrivals/${String(announced['id'])}`
  const act = (person: Person, name: string, body: Body, key?: string): Promise<Body> =>
    person.post(`${at}/actions/${name}`, body, key)
  const stepNamed = async (name: string): Promise<string> => {
    const { work } = await desk.get(at)
    return String((work as Body[]).find(({ id }) => String(id).includes(`.${name}.`))?.['id'])
  }

  const notice = await stepNamed('notice')
  await desk.refused(`${at}/actions/extend_clock`, {
    clock: `${notice}.due`,
    by: { amount: 1, unit: 'days' },
    reason: 'Vol retardé',
  })
  const key = randomUUID()
  await act(desk, 'add_note', { step: notice, text: 'Le vol aura deux heures de retard' }, key)
  await desk.get(`${at}/actions/${key}`)
  await act(desk, 'complete_step', {
    step: notice,
    outcome: 'confirmed',
    answers: { return_type: 'forced' },
  })
  await act(desk, 'correct_answer', {
    step: notice,
    answers: { return_type: 'voluntary' },
    reason: 'Liste reçue après coup',
  })
  await act(coordination, 'reopen_step', {
    step: notice,
    within: { amount: 1, unit: 'days' },
    reason: 'Liste à joindre',
  })
  const team = await stepNamed('team')
  await act(desk, 'delegate', { step: team, to: coordination.id })
  await act(desk, 'complete_step', { step: team, outcome: 'ready', answers: { agents: 6 } })
  const count = await stepNamed('head_count')
  await act(supervisor, 'assign_step', { step: count, to: rescue.id, reason: 'Le chef de centre est au port' })
  const counted = { outcome: 'counted', answers: { absent: 0, crisis: false }, evidence: { count_sheet: PAPER } }
  await act(supervisor, 'override_step', { step: count, ...counted, reason: 'Fiche signée par le chef de centre' })
  await act(coordinator, 'countersign', { step: count })
}
