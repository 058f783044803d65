import { root } from '../cases/places.ts'
import { unheld } from '../cases/unheld.ts'
import { fillHole, noteHole } from '../database/queries/outbox.ts'
import { allStaffingHoles } from '../database/queries/troubles.ts'
import { presentOn, tellNextRung, waitingForRoles } from '../database/queries/unheld.ts'
import { businessTime } from './act-on-case.ts'
import type { Tools } from './tools.ts'

/**
 * Lists every role that work waits for and nobody present holds, tells the next rung of each such step once, and takes
 * from the list what somebody holds again. Answers how many steps were told of. Done again, it tells nobody twice.
 */
export async function tellUnheld({ sql }: Pick<Tools, 'sql'>): Promise<number> {
  const { now, today, settings } = await businessTime(sql)
  const { places } = settings
  const [present, holes] = await Promise.all([presentOn(sql, today), allStaffingHoles(sql)])
  const still = unheld(holes.map(asWaiting), present, places).map(({ roles, place }) => `${roles[0]} ${place}`)
  for (const { role, place } of holes) if (!still.includes(`${role} ${place}`)) await fillHole(sql, role, place)
  let told = 0
  for (const empty of unheld(await waitingForRoles(sql), present, places)) {
    const holeAt = empty.place ?? root(places) ?? ''
    for (const role of empty.roles) await noteHole(sql, role, holeAt, new Date(now))
    told += await tellNextRung(sql, empty, { holeAt, now: new Date(now) })
  }
  return told
}

const asWaiting = ({ role, place }: { role: string; place: string }) => ({ roles: [role], place, people: [] })
