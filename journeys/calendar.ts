import type { Body, Person } from '../client/person.ts'
import type { Journey } from './telling/tell.ts'
import { shifted, type StoryWorld } from './telling/world.ts'
import { type Told, told } from './ground/deadlines.ts'
import { received, settled } from './ground/people.ts'

export const calendar: Journey = {
  name: 'calendar',
  title: 'Un jour chômé dit la veille, une fête que la lune déplace, le ramadan : chaque échéance montre son compte',
  async tell(world) {
    const { story } = world
    const { manager, supervisor, coordination } = world.cast
    const number = await settled(world, { name: 'Kadidia' }, { economic: true })
    await world.complete(manager, number, 'pathway', 'activity', { collective: false, training: false })
    const project = { activity: 'farming', place: 'ml-kayes', cost: 600_000 }
    await world.complete(manager, number, 'economic.file', 'submitted', project)
    const check = await world.item(supervisor, number, 'economic.check')

    story.chapter('La veille à dix-huit heures : demain est chômé')
    const [morrow = '', estimated = '', seen = ''] = await workedDays(coordination, world.today)
    await atSixInTheEvening(world, shifted(morrow, 0, -1))
    const mourning = { date: morrow, title: { fr: 'Deuil national', en: 'National mourning' } }
    const days = '/api/v1/calendar/days'
    await world.refused('seule la coordination le déclare', supervisor, days, mourning, { code: 'role_required' })
    const before = await told(supervisor, number, check)
    await declared(world, coordination, mourning)
    const off = await told(supervisor, number, check)
    story.expect('l’échéance recule d’un jour ouvré', off.at > before.at)
    story.expect(`le compte le dit :\n                ${off.lines.join('\n                ')}`, leavesOut(off, morrow))
    story.expect(
      'et garde quand il a été recalculé',
      off.lines.some((line) => line.startsWith('Recalculé le ')),
    )

    story.chapter('Une fête provisoire, que la lune place un jour plus tard')
    const feast = { title: { fr: 'Maouloud', en: 'Mawlid' } }
    await declared(world, coordination, { ...feast, date: estimated, declared_by: 'estimate' })
    const provisional = await told(supervisor, number, check)
    story.expect('le jour estimé n’est pas compté', leavesOut(provisional, estimated))
    const confirmed = { ...feast, date: seen, instead_of: estimated }
    await declared(world, coordination, confirmed)
    const after = await told(supervisor, number, check)
    story.expect(
      `c’est l’autre jour qui ne compte pas :\n                ${after.lines.join('\n                ')}`,
      !leavesOut(after, estimated) && leavesOut(after, seen),
    )
    story.expect('l’échéance est restée la même', after.at === provisional.at)
    await world.refused(
      'une fête confirmée ne se déplace plus',
      coordination,
      days,
      { ...confirmed, instead_of: seen },
      {
        code: 'answers_invalid',
        says: /provisoire/,
      },
    )
    const past = { ...mourning, date: shifted(world.today, 0, -7) }
    await world.refused('un jour passé ne se déclare pas sans motif', coordination, days, past, {
      code: 'answers_invalid',
      says: /passé/,
    })

    story.chapter('Le ramadan : les bureaux ferment à d’autres heures')
    const { ramadan, ramadan_week: hours } = await coordination.get('/api/v1/calendar')
    const next = (ramadan as Body[]).map((one) => String(one['from'])).find((from) => from > world.today)
    if (next === undefined) return story.tell(world.today, 'Aucun ramadan n’est encore au calendrier.')
    await world.until(next)
    const other = await received(world, { name: 'Hamidou', opening: { sex: 'm' } })
    const assigning = await world.item(supervisor, other, 'manager')
    const { at } = await told(supervisor, other, assigning)
    const weekday = String(new Date(at).getUTCDay())
    const closes = ((hours as Body)[weekday] as Body)['closes']
    story.expect(`l’échéance tombe à la fermeture d’un jour de ramadan, ${String(closes)}`, at.slice(11, 16) === closes)
  },
}

/** Whether the arithmetic names that day among those that it did not count. */
function leavesOut({ lines }: Told, date: string): boolean {
  const day = new RegExp(`\\b${Number(date.slice(8))}(er)?\\b`)
  return lines.some((line) => line.startsWith('Non compté') && day.test(line))
}

async function declared(world: StoryWorld, by: Person, day: Body): Promise<void> {
  await world.finished(by, await by.post('/api/v1/calendar/days', day))
  const { fr } = day['title'] as { fr: string }
  world.story.tell(world.today, `${by.name} déclare chômé le ${String(day['date'])} : ${fr}`)
}

/** Three working days: one soon, and two that follow each other, all within two weeks. */
async function workedDays(person: Person, today: string): Promise<string[]> {
  const { week, days_off: off } = await person.get('/api/v1/calendar')
  const isOff = new Set((off as Body[]).map((one) => one['date']))
  const worked = (date: string): boolean => String(new Date(date).getUTCDay()) in (week as Body) && !isOff.has(date)
  const ahead = Array.from({ length: 12 }, (_, index) => shifted(today, 0, index + 2)).filter(worked)
  const pair = ahead.findIndex((date, index) => index > 0 && ahead[index + 1] === shifted(date, 0, 1))
  return [ahead[0] ?? '', ahead[pair] ?? '', ahead[pair + 1] ?? '']
}

/** A day that is moved to begins at eight. */
async function atSixInTheEvening(world: StoryWorld, eve: string): Promise<void> {
  await world.until(eve)
  await world.advance({ by: { amount: 10, unit: 'hours' } })
}
