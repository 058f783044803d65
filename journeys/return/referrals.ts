import type { Body } from '../../client/person.ts'
import type { StoryWorld } from '../telling/world.ts'
import { shifted } from '../telling/world.ts'

/** One referral accepted and confirmed; one met with silence, re-routed, and brought before the supervisor. */
export async function referrals(world: StoryWorld, number: string): Promise<void> {
  const { story } = world
  const { manager, supervisor } = world.cast
  story.chapter('Deux référencements')
  const [first = '', second = ''] = (await world.items(manager, number, 'need')).map((item) => item.split('.')[1] ?? '')
  const step = async (run: string, name: string, outcome: string, given: Body = {}, more: Body = {}): Promise<void> => {
    const item = (await world.items(manager, number, name)).find((one) => one.split('.')[1] === run)
    if (item === undefined) throw new Error(`${name} is not open in ${run}`)
    await world.completeItem(manager, item, outcome, given, more)
  }
  for (const run of [first, second]) {
    await step(run, 'need', 'done', { urgency: '3d' })
    await step(run, 'agreement', 'given')
  }
  await step(first, 'provider', 'chosen', { to: 'csref-kayes', rank: 1 })
  await step(first, 'sending', 'sent')
  await step(second, 'provider', 'chosen', { to: 'ecoute-kayes', rank: 1 })
  await step(second, 'sending', 'sent')

  await declaredDay(world, number)
  const phone = { via: 'phone', on_behalf_of: 'csref-kayes' }
  await step(first, 'answer', 'accepted', { date: shifted(world.today, 0, 3) }, phone)
  await step(first, 'appointment', 'made', { date: shifted(world.today, 0, 3) })
  await world.days(4)
  await step(first, 'service', 'served', {}, phone)
  await step(first, 'feedback', 'done', {}, phone)
  await step(first, 'check', 'covered')

  await world.days(4)
  const rerouted = (await world.items(manager, number, 'provider')).some((item) => item.endsWith('.2'))
  story.expect('le silence du prestataire ramène au choix d’un autre', rerouted)
  await step(second, 'provider', 'chosen', { to: 'ecoute-kayes', rank: 2 })
  await step(second, 'sending', 'sent')
  await world.days(7)
  const [wayOut] = await world.items(supervisor, number, 'way_out')
  story.expect('un second silence vient devant le superviseur', wayOut !== undefined)
  await world.completeItem(supervisor, wayOut ?? '', 'other')
  await step(second, 'provider', 'chosen', { to: 'ecoute-kayes', rank: 3 })
  await step(second, 'sending', 'sent')
  const listening = { via: 'phone', on_behalf_of: 'ecoute-kayes' }
  await step(second, 'answer', 'accepted', { date: shifted(world.today, 0, 2) }, listening)
  await step(second, 'appointment', 'made', { date: shifted(world.today, 0, 2) })
  await world.days(3)
  await step(second, 'service', 'served', {}, listening)
  await step(second, 'feedback', 'done', {}, listening)
  await step(second, 'check', 'covered')
}

/** A day is declared off on its eve: the deadline of the running clock moves, and says so. */
async function declaredDay(world: StoryWorld, number: string): Promise<void> {
  const { story } = world
  const { coordination, manager } = world.cast
  const [item = ''] = await world.items(manager, number, 'answer')
  const at = async (): Promise<string> =>
    String(((await manager.get(`/api/v1/work/${item}`))['deadline'] as Body)['at'])
  const before = await at()
  const answer = await coordination.post('/api/v1/calendar/days', {
    date: nextWeekday(world.today),
    title: { fr: 'Jour chômé et payé (communiqué)', en: 'Day off (communiqué)' },
    declared_by: 'communique',
  })
  await world.finished(coordination, answer)
  story.tell(world.today, `${coordination.name} déclare chômé le ${nextWeekday(world.today)}`)
  story.expect('l’échéance en cours recule d’un jour ouvrable', (await at()) > before)
}

function nextWeekday(today: string): string {
  let date = shifted(today, 0, 1)
  while ([0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())) date = shifted(date, 0, 1)
  return date
}
