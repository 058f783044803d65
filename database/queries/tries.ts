/** Tries at a secret, counted in one place for every process. By the database's own clock: it is real time, and one. */

import type { Sql } from '../connect.ts'

export interface Allowed {
  /** So many at once, when none was tried for long. */
  burst: number
  /** Seconds that each further one takes. */
  seconds: number
}

/** Answers 0 when this try counts, or the seconds to wait before the next one does. */
export async function takeTry(sql: Sql, about: string, { burst, seconds }: Allowed): Promise<number> {
  const taken =
    await sql`insert into tries as t (about, spent_until) values (${about}, now() + ${seconds} * interval '1 second')
    on conflict (about) do update set spent_until = greatest(t.spent_until, now()) + ${seconds} * interval '1 second'
      where t.spent_until <= now() + ${(burst - 1) * seconds} * interval '1 second'
    returning about`
  if (taken.length > 0) return 0
  const [row] = await sql<{ wait: number }[]>`
    select ceil(extract(epoch from spent_until - now()))::int - ${(burst - 1) * seconds}::int as wait
    from tries where about = ${about}`
  return Math.max(1, row?.wait ?? 1)
}

/** What is no longer spent says nothing. */
export async function forgetTries(sql: Sql): Promise<number> {
  const { count } = await sql`delete from tries where spent_until < now()`
  return count
}
