import { createHash } from 'node:crypto'
import type { CivilDate } from '../../cases/time.ts'
import type { Sql } from '../connect.ts'
import type { HoldingRow } from './staff.ts'

export interface SessionRow {
  token: string
  user: string
  name: string
  language: 'fr' | 'en'
  active: boolean
  expires: Date
  revoked: Date | null
  holds: HoldingRow[]
  /** The newest settings, so that one query tells whether `today` was right. */
  settingsVersion: number
}
/** Who a token belongs to and what they hold on `today`, in one query since every request asks it. */
export async function sessionByToken(sql: Sql, token: string, today: CivilDate): Promise<SessionRow | undefined> {
  const hash = createHash('sha256').update(token).digest('hex')
  const [row] = await sql<SessionRow[]>`
    select t.id as token, t.expires, t.revoked, u.id as user, u.name, u.language, u.active,
      coalesce((select jsonb_agg(jsonb_build_object('role', h.role, 'place', h.place,
          'organisation', h.organisation, 'until', h.until::text) order by h.role, h.place)
        from holdings h where h.user_id = u.id and (h.until is null or h.until >= ${today})), '[]'::jsonb) as holds,
      (select coalesce(max(version), 0) from settings) as settings_version
    from tokens t join users u on u.id = t.user_id where t.hash = ${hash}`
  return row
}
