import type { Body } from '../../client/person.ts'
import type { StoryWorld } from '../telling/world.ts'

/** Three days in the centre, cash and transport home; a case manager is assigned. */
export async function centre(world: StoryWorld, number: string): Promise<void> {
  const { story } = world
  const { agent1, head, finance, supervisor, antenna, manager } = world.cast
  story.chapter(`Dossier ${number} : trois jours au centre`)
  await world.complete(agent1, number, 'triage', 'ours')
  const wrong = await agent1.refused(`/api/v1/cases/${number}/actions/complete_step`, {
    step: (await world.items(agent1, number, 'registration'))[0] ?? '',
    outcome: 'registered',
    answers: {},
  })
  story.expect(
    `un formulaire vide est refusé, tout à la fois (${((wrong.problem['errors'] as Body[]) ?? []).length} points)`,
    wrong.status === 422 && wrong.problem['code'] === 'answers_invalid',
  )
  await world.complete(agent1, number, 'registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
  await world.complete(head, number, 'admission', 'done', { bed: true, meals: true })
  await world.days(1)
  await world.complete(agent1, number, 'short_interview', 'done', { understood: true })
  await world.complete(finance, number, 'arrival_cash', 'paid', { amount: 52_000 })
  await world.days(1)
  await world.complete(head, number, 'onward_transport', 'left', { destination: 'ml-kayes' })

  const users = await supervisor.get('/api/v1/users?role=case_manager&place=ml-kayes')
  const chosen = (users['items'] as { id: string; label: string }[]).find((one) => one.label === manager.name)
  await world.complete(supervisor, number, 'manager', 'assigned', { manager: chosen?.id ?? '' })
  await world.days(2)
  await world.complete(antenna, number, 'home_reached', 'reached')
}
