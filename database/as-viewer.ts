/** Lists are asked as `segin_lists`: row-level security shows it what one viewer may know of, and it changes nothing. */

import type { Sql, Transaction } from './connect.ts'

export interface Viewer {
  user: string
  /** `role@place` for every role held, at its place and everything under it. */
  pairs: string[]
  /** Places held in any role, and everything under them. */
  places: string[]
}

const forViewer = Symbol('for a viewer')
/** A transaction in which only the rows of its viewer exist; the queries behind lists take no other. */
export type Lists = Transaction & { readonly [forViewer]: true }

/** Reads only; the answer is given once the transaction has ended. */
export async function asViewer<T>(sql: Sql, viewer: Viewer, ask: (lists: Lists) => Promise<T>): Promise<T> {
  const { user, pairs, places } = viewer
  const { answer } = await sql.begin('read only', async (tx) => {
    // Sent at once, together with what is asked: the server takes them in this order.
    const becoming =
      tx`select set_config('segin.viewer', ${user}, true), set_config('segin.pairs', ${pairs}::text[]::text, true),
      set_config('segin.places', ${places}::text[]::text, true), set_config('role', 'segin_lists', true)`.execute()
    const [asked] = await Promise.all([ask(Object.assign(tx, { [forViewer]: true } as const)), becoming])
    return { answer: asked }
  })
  return answer
}
