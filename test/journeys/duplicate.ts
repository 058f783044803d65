import type { Body } from '../../cli/journey/client.ts'
import type { Journey } from '../../cli/journey/tell.ts'
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
  },
}
