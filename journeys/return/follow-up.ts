import { shifted, type StoryWorld } from '../telling/world.ts'

/** Twelve months of visits, one missed, lost-contact attempts, then closure proposed and approved. */
export async function followUp(world: StoryWorld, number: string, signedOn: string): Promise<void> {
  const { story } = world
  const { manager, antenna, survey } = world.cast
  story.chapter('Douze mois de suivi')
  await world.until(shifted(signedOn, 1, 0))
  await world.complete(manager, number, 'm1', 'seen')
  await world.until(shifted(signedOn, 3, 0))
  await world.complete(manager, number, 'm3', 'missed')
  story.expect(
    'une visite manquée ouvre la recherche de contact',
    (await world.items(manager, number, 'tries')).length === 1,
  )
  await lostContact(world, number)
  await world.complete(antenna, number, 'home_check', 'reached')
  await world.until(shifted(signedOn, 6, 0))
  await world.complete(manager, number, 'm6', 'seen', { composite: 0.55, changed: false })
  await world.until(shifted(signedOn, 12, 0))
  await world.complete(survey, number, 'm12', 'seen', { composite: 0.68 })
}

/** Calls that reach nobody, until the procedure itself sends somebody to the home. */
async function lostContact(world: StoryWorld, number: string): Promise<void> {
  const { manager, antenna } = world.cast
  for (let tries = 0; tries < 5; tries += 1) {
    if ((await world.items(antenna, number, 'home_check')).length > 0) return
    if ((await world.items(manager, number, 'tries')).length > 0) {
      await world.complete(manager, number, 'tries', 'not_reached').catch(async () => world.days(7))
    }
    await world.days(7)
  }
}

export async function closure(world: StoryWorld, number: string): Promise<void> {
  const { story } = world
  const { manager, supervisor, deputy } = world.cast
  story.chapter('Clôture')
  await world.complete(manager, number, 'proposal', 'proposed')
  await world.days(2)
  await world.complete(supervisor, number, 'approval', 'approved')
  await world.complete(manager, number, 'last_meeting', 'held')
  await world.complete(deputy, number, 'archive', 'closed')
  const closed = await supervisor.get(`/api/v1/cases/${number}`)
  story.expect('le dossier est clos par une personne nommée', closed['status'] === 'closed')
}
