import type { Body } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { shifted, type StoryWorld } from './telling/world.ts'
import { NEEDS, settled } from './ground/people.ts'

const DISPENSARY = 'dispensaire-kayes-exemple'
const OVER = { code: 'answers_invalid', says: /convention .* n'est plus en cours\. Choisissez-en un autre/ }

/** The directory says until when each organisation may be written to. */
async function lastDay(world: StoryWorld): Promise<string> {
  const { items } = await world.cast.manager.get('/api/v1/partners?place=ml-kayes&family=health')
  const found = (items as Body[]).find((one) => one['id'] === DISPENSARY)
  if (!found) throw new Error('Told once on an installation: its agreement has ended. Start with --reset')
  return String(found['agreement_until'])
}

export const expiredAgreement: Journey = {
  name: 'expired-agreement',
  title: 'La convention d’un dispensaire prend fin : plus rien ne lui est envoyé, un autre est choisi',
  async tell(world) {
    const { story } = world
    const { manager, supervisor } = world.cast
    const end = await lastDay(world)
    await world.until(shifted(end, 0, -1))
    const number = await settled(world, { name: 'Assa' }, { needs: [NEEDS.health, { ...NEEDS.health, key: 'b2' }] })
    const [first = '', second = ''] = (await world.items(manager, number, 'need')).map((item) => item.split('.')[1])
    for (const run of [first, second]) {
      await world.complete(manager, number, `${run}.need`, 'done', { family: 'health', urgency: '3d' })
      await world.complete(manager, number, `${run}.agreement`, 'given')
      await world.complete(manager, number, `${run}.provider`, 'chosen', { to: DISPENSARY, rank: 3 })
    }
    await world.complete(manager, number, `${first}.sending`, 'sent')

    story.chapter(`Le lendemain de son dernier jour (${end})`)
    const eve = (await world.mails()).at(-1)?.id ?? 0
    await world.days(2)
    const mailed = (await world.mails()).at(-1)?.id ?? 0
    await world.refusedStep('la fiche prête ne part plus', manager, number, `${second}.sending`, 'sent', OVER)
    await world.complete(manager, number, `${first}.answer`, 'accepted', {}, { via: 'phone', on_behalf_of: DISPENSARY })
    const made = ['made', OVER, { date: shifted(world.today, 0, 3) }] as const
    await world.refusedStep('leur oui est noté, mais rien ne suit', manager, number, `${first}.appointment`, ...made)
    const told = async (): Promise<string> =>
      JSON.stringify((await manager.get(`/api/v1/cases/${number}/disclosures`))['items'])
    const before = await told()
    await world.days(5)
    story.expect('le registre des partages n’a pas bougé', (await told()) === before)
    story.expect(
      'aucun courriel ne lui parvient plus',
      (await world.mails(mailed)).every((mail) => !mail.to.includes(DISPENSARY)),
    )
    story.expect(
      'le gestionnaire est prévenu qu’il faut choisir ailleurs',
      (await world.mails(eve)).some(
        (mail) => mail.to.includes('fatoumata.coulibaly') && /partenaire à remplacer/.test(mail.subject + mail.text),
      ),
    )

    story.chapter('Un autre prestataire')
    await world.complete(manager, number, `${first}.appointment`, 'not_confirmed')
    const again = ['chosen', OVER, { to: DISPENSARY, rank: 3 }] as const
    await world.refusedStep('le choisir de nouveau est refusé', manager, number, `${first}.provider`, ...again)
    await world.complete(manager, number, `${first}.provider`, 'chosen', { to: 'csref-kayes', rank: 1 })
    await world.complete(manager, number, `${first}.sending`, 'sent')
    await world.complete(
      manager,
      number,
      `${first}.answer`,
      'accepted',
      {},
      { via: 'phone', on_behalf_of: 'csref-kayes' },
    )
    const step = `${number}.${second}.provider.1`
    const reopened = { step, within: { amount: 1, unit: 'working_days' }, reason: 'Convention terminée' }
    await world.act(supervisor, number, 'reopen_step', reopened)
    await world.complete(manager, number, `${second}.provider`, 'chosen', { to: 'csref-kayes', rank: 1 })
    await world.complete(manager, number, `${second}.sending`, 'sent')
  },
}
