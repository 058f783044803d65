import type { Body } from '../client/person.ts'
import type { StoryWorld } from './telling/world.ts'
import type { Journey } from './telling/tell.ts'
import { home } from './ground/people.ts'

export const duplicate: Journey = {
  name: 'duplicate',
  title: 'Deux dossiers pour une personne, réunis, puis séparés de nouveau',
  async tell(world) {
    const { story } = world
    const { manager, supervisor } = world.cast
    story.chapter('Elle est revenue deux fois')
    const older = await home(world, { name: 'Rokia' })
    const younger = await home(world, { name: 'Rokia' })
    const begin = (number: string) => `/api/v1/cases/${number}/actions/begin_procedure`
    const with_ = (other: string) => ({ procedure: 'ml-duplicate', answers: { other } })
    const itself = { code: 'answers_invalid', says: /dossier/i }
    await world.refused('un dossier ne se rattache pas à lui-même', manager, begin(younger), with_(younger), itself)
    await world.refused('ni le plus ancien au plus récent', manager, begin(older), with_(younger), itself)

    story.chapter('Même personne : rattaché au plus ancien')
    await world.begin(manager, younger, 'ml-duplicate', { other: older })
    await world.complete(manager, younger, 'comparison', 'compared', { alike: ['name', 'birth'] })
    await world.complete(supervisor, younger, 'duplicate.verdict', 'same_person')
    const merged = await supervisor.get(`/api/v1/cases/${younger}`)
    const kept = await supervisor.get(`/api/v1/cases/${older}`)
    story.expect(
      'le plus récent est clos et dit où il est rattaché',
      (merged['merged_into'] as Body)['number'] === older,
    )
    story.expect('le plus ancien le montre', JSON.stringify(kept['merged']).includes(younger))
    const { entries } = await supervisor.get(`/api/v1/cases/${younger}/timeline?limit=200`)
    story.expect('rien n’est effacé', (entries as Body[]).length > 10)

    story.chapter('C’étaient deux sœurs')
    await world.begin(supervisor, younger, 'ml-separation')
    await world.complete(supervisor, younger, 'separation.request', 'asked')
    await world.complete(world.cast.deputy, younger, 'separation.verdict', 'separated')
    const again = await supervisor.get(`/api/v1/cases/${younger}`)
    story.expect('le dossier vit de nouveau sa vie', again['status'] === 'open' && again['merged_into'] === null)
    await world.opened('son gestionnaire dit la suite', manager, younger, 'choice')
    await inConfidence(world)
  },
}

/** Each of two cases has a confidential report; a third only an ordinary doubt. Nobody can tell them apart. */
async function inConfidence(world: StoryWorld): Promise<void> {
  const { story } = world
  const { manager, supervisor, focal, trained } = world.cast
  story.chapter('Deux dossiers, chacun avec un signalement confié')
  const older = await home(world, { name: 'Fatim' })
  const younger = await home(world, { name: 'Fatim' })
  const doubted = await home(world, { name: 'Fatim' })
  for (const number of [older, younger]) await world.begin(manager, number, 'ml-trafficking')
  await world.begin(manager, doubted, 'ml-clearance')
  const answers: string[] = []
  for (const number of [younger, doubted]) {
    await world.begin(manager, number, 'ml-duplicate', { other: older })
    await world.complete(manager, number, 'comparison', 'compared', { alike: ['name'] })
    const step = await world.item(supervisor, number, 'duplicate.verdict')
    const { basis = '' } = await supervisor.get(`/api/v1/work/${step}`)
    const body = { step, basis, outcome: 'same_person', answers: {} }
    const { problem } = await supervisor.refused(`/api/v1/cases/${number}/actions/complete_step`, body)
    story.expect(`refusé : « ${String(problem['detail'])} »`, problem['code'] === 'on_hold')
    const { status, code, title, detail, who = null } = problem
    const acts = (problem['actions'] as Body[]).map((one) => one['act'] ?? null)
    answers.push(JSON.stringify([status, code, title, detail, who, acts]))
  }
  story.expect('le refus est le même qu’il y ait un signalement ou un simple doute', answers[0] === answers[1])
  await world.complete(focal, younger, 'signs', 'other_case')
  await world.complete(trained, doubted, 'clearance.road', 'clear')
  await world.complete(trained, doubted, 'clearance.closing', 'clear')
  for (const number of [younger, doubted]) await world.complete(supervisor, number, 'duplicate.verdict', 'same_person')
  await world.opened('le signalement vit dans le plus ancien', focal, older, 'signs')
  const chained = { procedure: 'ml-duplicate', answers: { other: younger } }
  const last = await home(world, { name: 'Fatim' })
  const into = { code: 'answers_invalid', says: new RegExp(`lui-même été rattaché à un autre. Indiquez ${older}`) }
  await world.refused(
    'un dossier rattaché n’en reçoit pas d’autre',
    manager,
    `/api/v1/cases/${last}/actions/begin_procedure`,
    chained,
    into,
  )
}
