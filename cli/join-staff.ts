/** People who come later: those whom a file of staff names and nobody knows yet. Who is known is given roles over the API. */

import { writeFile } from 'node:fs/promises'
import { dayOf } from '../cases/clocks/civil.ts'
import type { Holding } from '../cases/actions.ts'
import { isRestricted, signersOf } from '../cases/who-signs.ts'
import type { Sql } from '../database/connect.ts'
import { circlesOf, heldNow } from '../database/queries/grants.ts'
import { newestSettings } from '../database/queries/settings.ts'
import { addStaff, drawSignIns, type Staff } from './staff-file.ts'

/** A restricted role goes to its first holder only; where somebody could sign, it is left out and said. */
export async function joinStaff(sql: Sql, staff: Staff, signIns: string, out: (line: string) => void): Promise<void> {
  const users = await sql<{ login: string }[]>`select login from users`
  const known = new Set(users.map(({ login }) => login))
  const fresh = staff.filter(({ login }) => !known.has(login))
  if (fresh.length === 0) return
  const signed = await signedFor(sql)
  const joining = fresh.map((one) => ({ ...one, holds: one.holds.filter((hold) => !signed(one.login, hold)) }))
  const drawn = drawSignIns(joining)
  await writeFile(signIns, `${JSON.stringify(drawn, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  await addStaff(sql, joining, drawn)
  out(`${fresh.length} people more; their first secrets are in ${signIns}`)
  for (const { login, holds } of fresh)
    for (const hold of holds.filter((one) => signed(login, one)))
      out(
        `${login} is not given ${hold.role} at ${hold.place}: somebody who holds it signs first (POST /api/v1/grants)`,
      )
}

async function signedFor(sql: Sql): Promise<(user: string, hold: Holding) => boolean> {
  const [settings, circles] = await Promise.all([newestSettings(sql), circlesOf(sql)])
  const { places = {}, offsetMs = 0 } = settings ?? {}
  const held = await heldNow(sql, [...new Set(circles.flat())], dayOf(Date.now() + offsetMs))
  return (user, hold) =>
    isRestricted(hold.role, circles) && signersOf({ ...hold, user, by: '' }, held, circles, places).length > 0
}
