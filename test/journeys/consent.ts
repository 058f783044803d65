import type { Body } from '../../cli/journey/client.ts'
import type { Journey } from '../../cli/journey/tell.ts'
import { NEEDS, settled } from './ground/people.ts'

export const consent: Journey = {
  name: 'consent',
  title: 'Sans accord, rien ne part ; l’accord retiré arrête le partage à l’instant',
  async tell(world) {
    const { story } = world
    const { manager, supervisor } = world.cast
    const number = await settled(world, { name: 'Oumou' }, { needs: [NEEDS.health, NEEDS.psychosocial] })
    const runs = (await world.items(manager, number, 'need')).map((item) => item.split('.')[1] ?? '')
    const [first = '', second = ''] = runs

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
    story.expect(
      'les référencements ouverts se sont arrêtés',
      (await world.items(manager, number, `${second}.need`)).length === 0,
    )
    await world.complete(supervisor, number, 'kept_by_law', 'justified')

    story.chapter('Un nouveau besoin, et elle refuse qu’on en parle')
    await world.begin(manager, number, 'ml-referral', { family: 'health', urgency: '1d' })
    await world.complete(manager, number, 'need', 'done', { family: 'health', urgency: '1d' })
    const refusal = { sharing: { state: 'refused', form: 'oral', language: 'bm' } }
    await world.complete(manager, number, 'referral.agreement', 'refused', refusal)
    story.expect(
      'aucun prestataire n’est choisi : le plan est revu avec elle',
      (await world.items(manager, number, 'provider')).length === 0 &&
        (await world.items(manager, number, 'plan.draft')).length === 1,
    )

    story.chapter('Danger vital : le partage sans accord, contresigné')
    await world.begin(manager, number, 'ml-referral', { family: 'health', urgency: '1h' })
    await world.complete(manager, number, 'need', 'done', { family: 'health', urgency: '1h' })
    const override = { sharing: { state: 'override', form: 'oral', language: 'bm' } }
    await world.complete(manager, number, 'referral.agreement', 'life_at_risk', override)
    const own = { code: 'role_required' }
    await world.refusedStep('qui partage ne contresigne pas', manager, number, 'countersign', 'confirmed', own)
    await world.complete(manager, number, 'provider', 'chosen', { to: 'csref-kayes', rank: 1 })
    await world.complete(manager, number, 'sending', 'sent')
    await world.complete(supervisor, number, 'countersign', 'confirmed')
    await world.opened('le prestataire est saisi', manager, number, 'referral.answer')
  },
}
