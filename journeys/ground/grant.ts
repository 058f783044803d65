import type { StoryWorld } from '../telling/world.ts'

/** From the pathway to a decision of the commission that grants so much. */
export async function granted(world: StoryWorld, number: string, amount: number): Promise<void> {
  const { manager, employment, commission } = world.cast
  await world.complete(manager, number, 'pathway', 'activity', { collective: false, training: false })
  const project = { activity: 'farming', place: 'ml-kayes', cost: amount }
  await world.complete(manager, number, 'economic.file', 'submitted', project)
  await world.complete(employment, number, 'economic.check', 'complete')
  await world.complete(commission, number, 'economic.commission', 'accepted', { granted: amount })
}

/** Contract, purchases of so much, kit handed over and the two visits: what is left may be paid six months later. */
export async function started(world: StoryWorld, number: string, bought: number): Promise<void> {
  const { manager, finance } = world.cast
  await world.complete(finance, number, 'contract', 'signed', { tranches: 2 })
  const lines = [{ key: 'f1', item: 'tools', amount: bought }]
  await world.complete(finance, number, 'first_tranche', 'bought', { lines })
  await world.complete(manager, number, 'economic.handover', 'handed_over')
  for (const months of [1, 2]) {
    await world.advance({ by: { amount: months, unit: 'months' } })
    await world.complete(manager, number, 'economic.visits', 'seen')
  }
}
