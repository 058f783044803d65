import type { Body } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { granted, started } from './ground/grant.ts'
import { settled } from './ground/people.ts'

export const grant: Journey = {
  name: 'grant',
  title: 'Un projet : jamais un franc de trop, jamais deux fois, jamais sans preuve',
  async tell(world) {
    const { story } = world
    const { manager, finance, supervisor, employment, commission, appeals } = world.cast
    const number = await settled(world, { name: 'Aminata' }, { economic: true })

    story.chapter('La commission refuse, la commission élargie accorde')
    await world.complete(manager, number, 'pathway', 'activity', { collective: false, training: true })
    await world.complete(employment, number, 'seat', 'seated', { school: 'kayes', from: world.today })
    await world.complete(employment, number, 'training', 'trained', { days_present: 20 })
    await world.complete(manager, number, 'economic.file', 'submitted', { place: 'ml-kayes', cost: 1_000_000 })
    await world.complete(employment, number, 'economic.check', 'complete')
    await world.complete(commission, number, 'economic.commission', 'refused', { reason: 'market' })
    await world.complete(manager, number, 'appeal_lodged', 'lodged')
    await world.complete(appeals, number, 'appeal', 'granted', { granted: 1_000_000 })

    story.chapter('Le premier achat')
    await world.complete(finance, number, 'contract', 'signed', { tranches: 2 })
    const lines = (...amounts: number[]): Body => ({
      lines: amounts.map((amount, index) => ({ key: `f${index + 1}`, item: 'tools', amount })),
    })
    const over = { code: 'answers_invalid', says: /dépasse|reste|plafond|budget/i }
    const proof = { code: 'answers_invalid', says: /preuve|pièce|justificatif|facture/i }
    const buying = ['first_tranche', 'bought'] as const
    await world.refusedStep(
      'un achat au-dessus de l’aide accordée',
      finance,
      number,
      ...buying,
      over,
      lines(999_000, 1_001),
    )
    await world.refusedStep('un achat sans preuve', finance, number, ...buying, proof, lines(600_000), { evidence: {} })
    const item = await world.item(finance, number, 'first_tranche')
    await world.complete(finance, number, ...buying, lines(400_000, 200_000))
    const act = `/api/v1/cases/${number}/actions/complete_step`
    const twice = { step: item, outcome: 'bought', answers: lines(400_000), evidence: {} }
    await world.refused('le même achat une seconde fois', finance, act, twice, { code: 'step_ended' })

    story.chapter('La seconde tranche : à sa date, et sur preuve')
    await world.complete(manager, number, 'economic.handover', 'handed_over')
    for (const months of [1, 2]) {
      await world.advance({ by: { amount: months, unit: 'months' } })
      await world.complete(manager, number, 'economic.visits', 'seen')
    }
    const early = (await world.items(finance, number, 'second_tranche')).length === 0
    story.expect('elle n’est pas ouverte avant six mois', early)
    await world.advance({ by: { amount: 3, unit: 'months' } })
    await world.days(3)
    const paying = ['second_tranche', 'paid'] as const
    await world.refusedStep(
      'sans preuve d’activité',
      finance,
      number,
      ...paying,
      proof,
      { amount: 400_000 },
      { evidence: {} },
    )
    await world.refusedStep('plus que ce qui reste', finance, number, ...paying, over, { amount: 400_001 })
    await world.complete(finance, number, 'second_tranche', 'not_proved')
    await world.complete(finance, number, ...paying, { amount: 400_000 })
    await world.complete(manager, number, 'final_report', 'reported', { going: true })
    await world.complete(supervisor, number, 'report_approved', 'approved')
  },
}

export const unclaimed: Journey = {
  name: 'unclaimed',
  title: 'Une aide non réclamée, une tranche qui s’éteint : une personne décide toujours',
  async tell(world) {
    const { story } = world
    const { finance, supervisor } = world.cast
    const number = await settled(world, { name: 'Ibrahim', opening: { sex: 'm' } }, { economic: true })

    story.chapter('Quatre mois sans venir signer')
    await granted(world, number, 500_000)
    await world.advance({ by: { amount: 4, unit: 'months' } })
    await world.days(2)
    story.expect('le contrat n’est plus offert', (await world.items(finance, number, 'contract')).length === 0)
    await world.complete(supervisor, number, 'unclaimed', 'again')

    story.chapter('Il vient : achat, visites')
    await started(world, number, 100_000)

    story.chapter('Douze mois après l’arrivée : prolongé, puis éteint, puis décidé')
    await world.advance({ by: { amount: 4, unit: 'months' } })
    const tranche = await world.item(supervisor, number, 'second_tranche')
    const more = { clock: `${tranche}.lapses`, by: { amount: 6, unit: 'months' }, reason: 'Récolte tardive' }
    await world.act(supervisor, number, 'extend_clock', more)
    const again = { ...more, by: { amount: 1, unit: 'months' } }
    const extend = `/api/v1/cases/${number}/actions/extend_clock`
    const limit = { code: 'limit_reached', says: /6/ }
    await world.refused('au-delà de six mois, rien', supervisor, extend, again, limit)
    await world.advance({ by: { amount: 8, unit: 'months' } })
    await world.opened('le superviseur a la tranche éteinte devant lui', supervisor, number, 'withheld')
    await world.complete(supervisor, number, 'withheld', 'pay', { reason: 'late_proof' })
    const over = { code: 'answers_invalid' }
    await world.refusedStep('pas plus que le reste', finance, number, 'late_payment', 'paid', over, { amount: 400_001 })
    await world.complete(finance, number, 'late_payment', 'paid', { amount: 400_000 })
  },
}
