/** Answers whose act was refused, or never arrived, go once the case itself has said so, never by age; documents are let go. */

import { WorkflowNotFoundError } from '@temporalio/common'
import { forgetUnrecorded, type Orphans, orphansSince } from '../database/queries/orphans.ts'
import { caseWorkflowId, type Disowned, disownedQuery } from '../workflows/messages.ts'
import type { Tools } from './tools.ts'

const ANSWER_WITHIN_MS = 10_000
/** After so many cases that do not answer, the others wait for the next round. */
const PATIENCE = 3
type Asking = Pick<Tools, 'sql' | 'temporal'>

export interface Forgotten {
  removed: number
  /** When the first of those that stay were given; null when none stays. */
  left: Date | null
}

/** Asks each case that has some, given after `since`. One that does not answer, or cannot tell, keeps them all. */
export async function forgetOrphans(asking: Asking, since: Date): Promise<Forgotten> {
  let removed = 0
  let silent = 0
  for (const orphans of await orphansSince(asking.sql, since)) {
    const said = await disownedBy(asking, orphans).catch(() => 'silent' as const)
    if (said === 'silent') silent += 1
    else if (said !== null) removed += await forgetUnrecorded(asking.sql, orphans.caseId, said.acts, said.seq)
    if (silent === PATIENCE) break
  }
  const stay = await orphansSince(asking.sql, since)
  return { removed, left: stay.length === 0 ? null : new Date(Math.min(...stay.map(({ given }) => given.getTime()))) }
}

/** null while nobody can tell. A case that is closed and whose workflow is long gone has told all that it knew. */
async function disownedBy(asking: Asking, { caseId, status, arrival, acts }: Orphans): Promise<Disowned | null> {
  const own = await ask(asking, caseId, acts)
  if (own === null && status === 'open') return null
  const said = own ?? { acts, seq: 0 }
  if (status !== 'new' || arrival === null) return said
  // An arrival opens the cases of its rows by itself: it alone knows which it still will.
  const wanted = await ask(asking, arrival, said.acts)
  return wanted && { acts: wanted.acts, seq: said.seq }
}

/** null when the engine knows no such case; throws when it cannot be asked. */
async function ask({ temporal }: Asking, caseId: string, acts: string[]): Promise<Disowned | null> {
  const handle = temporal.workflow.getHandle(caseWorkflowId(caseId))
  try {
    return await temporal.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => handle.query(disownedQuery, acts))
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null
    throw error
  }
}
