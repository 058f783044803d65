import type { Body } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import type { StoryWorld } from './telling/world.ts'
import { NEEDS, settled } from './ground/people.ts'

export const consent: Journey = {
  name: 'consent',
  title: 'Sans accord, rien ne part ; l’accord retiré arrête le partage à l’instant',
  async tell(world) {
    const { story } = world
    const { manager, supervisor } = world.cast
    const number = await settled(world, { name: 'Oumou' }, { needs: [NEEDS.health, NEEDS.psychosocial] })
    const [first = '', second = ''] = await referrals(world, number)

    story.chapter('Un référencement avance, puis elle retire son accord')
    await world.complete(manager, number, `${first}.need`, 'done', { family: 'health', urgency: '3d' })
    await world.complete(manager, number, `${first}.agreement`, 'given')
    await world.complete(manager, number, `${first}.provider`, 'chosen', { to: 'csref-kayes', rank: 1 })
    await world.complete(manager, number, `${first}.sending`, 'sent')
    const given = await manager.get(`/api/v1/cases/${number}`)
    const sharing = (given['consents'] as Body[]).find((one) => (one['purpose'] as Body)['id'] === 'sharing')
    await world.act(manager, number, 'withdraw_consent', { consent: sharing?.['id'] ?? '' })
    const answer = await world.items(manager, number, `${first}.answer`)
    if (answer.length > 0) {
      const phone = { via: 'phone', on_behalf_of: 'csref-kayes' }
      const refused = { code: 'gate_closed', says: /consenti/ }
      const what = 'le prestataire ne peut plus rien recevoir ni répondre'
      await world.refusedStep(what, manager, number, `${first}.answer`, 'accepted', refused, {}, phone)
    }
    await world.complete(manager, number, 'tell_partners', 'told')
    await world.opened(
      'l’autre référencement, qu’aucun accord retiré ne couvrait, continue',
      manager,
      number,
      `${second}.need`,
    )
    await world.complete(supervisor, number, 'kept_by_law', 'justified')
    await world.complete(manager, number, 'consent-withdrawn.need', 'another_way')

    story.chapter('Un nouveau besoin, et elle refuse qu’on en parle')
    const third = await refer(world, number, '1d')
    const refusal = { sharing: { state: 'refused', form: 'oral', language: 'bm' } }
    await world.complete(manager, number, `${third}.agreement`, 'refused', refusal)
    story.expect(
      'aucun prestataire n’est choisi : le plan est revu avec elle',
      (await world.items(manager, number, `${third}.provider`)).length === 0 &&
        (await world.items(manager, number, 'plan.draft')).length === 1,
    )

    story.chapter('Danger vital : le partage sans accord, contresigné')
    const urgent = await refer(world, number, '1h')
    const override = { sharing: { state: 'override', form: 'oral', language: 'bm' } }
    await world.complete(manager, number, `${urgent}.agreement`, 'life_at_risk', override)
    const own = { code: 'role_required' }
    await world.refusedStep('qui partage ne contresigne pas', manager, number, 'countersign', 'confirmed', own)
    await world.complete(manager, number, `${urgent}.provider`, 'chosen', { to: 'csref-kayes', rank: 1 })
    await world.complete(manager, number, `${urgent}.sending`, 'sent')
    await world.complete(supervisor, number, 'countersign', 'confirmed')
    await world.opened('le prestataire est saisi', manager, number, `${urgent}.answer`)
  },
}

/** Runs of ml-referral whose need has still to be told. */
async function referrals(world: StoryWorld, number: string): Promise<string[]> {
  const items = await world.items(world.cast.manager, number, 'referral.need')
  return items.map((item) => item.split('.')[1] ?? '')
}

/** A referral of its own, beside those that are open. Resolves to its run. */
async function refer(world: StoryWorld, number: string, urgency: string): Promise<string> {
  const before = await referrals(world, number)
  await world.begin(world.cast.manager, number, 'ml-referral', { family: 'health', urgency })
  const run = (await referrals(world, number)).find((one) => !before.includes(one)) ?? ''
  await world.complete(world.cast.manager, number, `${run}.need`, 'done', { family: 'health', urgency })
  return run
}
