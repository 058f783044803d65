import type { Journey } from './telling/tell.ts'
import type { StoryWorld } from './telling/world.ts'
import { settled } from './ground/people.ts'

export const reopening: Journey = {
  name: 'reopening',
  title: 'Rouvrir un dossier clos, pendant douze mois ; et un dossier en sommeil qui se réveille chaque année',
  async tell(world) {
    const { story } = world
    const { manager, supervisor, antenna } = world.cast
    const first = await settled(world, { name: 'Bintou' })
    const second = await settled(world, { name: 'Lassine', opening: { sex: 'm' } })
    const sleeping = await settled(world, { name: 'Nouhoum', opening: { sex: 'm' } })

    story.chapter('Deux dossiers se closent')
    for (const number of [first, second]) await closed(world, number)
    const note = { procedure: 'ml-referral', answers: { family: 'health', urgency: '3d' } }
    const begin = `/api/v1/cases/${first}/actions/begin_procedure`
    await world.refused('rien n’y commence plus', manager, begin, note, { code: 'case_closed' })

    story.chapter('Un troisième dort : rien ne se clôt en silence')
    await world.begin(manager, sleeping, 'ml-lost-contact')
    for (const last of [false, false, true]) {
      await world.complete(manager, sleeping, 'tries', 'not_reached')
      if (!last) await world.days(8)
    }
    await world.complete(antenna, sleeping, 'home_check', 'not_found')
    await world.days(95)
    await world.complete(manager, sleeping, 'dormant', 'still_lost')
    await world.complete(supervisor, sleeping, 'outlook', 'keep_dormant')

    story.chapter('Onze mois après la clôture : un besoin nouveau')
    const silence = (await world.mails()).at(-1)?.id ?? 0
    await world.advance({ by: { amount: 7, unit: 'months' } })
    const meanwhile = (await world.mails(silence)).filter((mail) => mail.text.includes(first))
    story.expect('un dossier clos n’écrit à personne', meanwhile.length === 0)
    const path = (number: string): string => `/api/v1/cases/${number}/actions/begin_procedure`
    const body = { procedure: 'ml-reopening', answers: {} }
    const wrong = { code: 'role_required' }
    await world.refused('l’antenne ne le demande pas', antenna, path(first), body, wrong)
    await world.begin(manager, first, 'ml-reopening')
    await world.complete(manager, first, 'reopening.request', 'asked', { reason: 'new_need' })
    const own = { code: 'role_required' }
    await world.refusedStep('qui demande ne décide pas', manager, first, 'reopening.verdict', 'reopened', own)
    await world.complete(supervisor, first, 'reopening.verdict', 'reopened')
    story.expect('le dossier est rouvert, sous le même numéro', (await statusOf(world, first)) === 'open')
    await world.opened('une nouvelle évaluation commence', manager, first, 'assessment.counselling')

    story.chapter('Treize mois après la clôture : trop tard')
    await world.advance({ by: { amount: 2, unit: 'months' } })
    const late = { code: 'case_closed', says: /nouveau dossier|jusqu.au/i }
    await world.refused('passé douze mois, non', manager, path(second), body, late)
    story.expect('il reste clos', (await statusOf(world, second)) === 'closed')

    story.chapter('Chaque année, le dossier en sommeil revient')
    for (const year of [1, 2]) {
      const before = (await world.mails()).at(-1)?.id ?? 0
      await world.advance({ by: { amount: year === 1 ? 3 : 12, unit: 'months' } })
      await world.days(10)
      const told = (await world.mails(before)).filter((mail) => mail.text.includes(sleeping))
      story.expect(`année ${year} : quelqu’un est prévenu`, told.length > 0)
      story.expect('personne ne l’a clos', (await statusOf(world, sleeping)) === 'open')
      if (year === 1) await world.complete(manager, sleeping, 'yearly', 'still_lost')
    }
    await world.complete(manager, sleeping, 'yearly', 'propose_closure')
    await world.opened('jusqu’à ce qu’une personne en décide', manager, sleeping, 'closure.proposal')
  },
}

async function closed(world: StoryWorld, number: string): Promise<void> {
  const { manager, supervisor, deputy } = world.cast
  await world.begin(manager, number, 'ml-closure')
  await world.complete(manager, number, 'closure.proposal', 'proposed', { reason: 'goals_reached' })
  await world.complete(supervisor, number, 'closure.approval', 'approved')
  await world.complete(manager, number, 'last_meeting', 'held')
  await world.complete(deputy, number, 'archive', 'closed')
}

const statusOf = async (world: StoryWorld, number: string): Promise<unknown> =>
  (await world.cast.supervisor.get(`/api/v1/cases/${number}`))['status']
