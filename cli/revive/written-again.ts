import { caseById } from '../../database/queries/one-case.ts'
import { caseWorkflowId } from '../../workflows/messages.ts'
import { atOnce } from '../at-once.ts'
import type { Reviving } from './begin.ts'
import { refill } from './refill.ts'
import { type Judged, situationOf } from './situations.ts'

const AT_ONCE = 10

/** What the record lacks and a workflow knows is written again; each of these cases is then judged anew. */
export async function writtenAgain(
  standing: Reviving,
  cases: Judged[],
  out: (line: string) => void,
): Promise<{ judged: Judged[]; lost: number }> {
  const ahead = cases.filter((one) => one.situation === 'ahead')
  if (ahead.length === 0) return { judged: cases, lost: 0 }
  const left: string[] = []
  const again = new Map<string, Judged>()
  await atOnce(ahead, AT_ONCE, async (one) => {
    const answer = await refill(standing, one.caseId)
    if (answer === 'done') again.set(one.caseId, await judgedAnew(standing, one))
    else left.push(`${one.number} (${answer})`)
  })
  out(`${again.size} cases written again in the record, from what their workflows know`)
  if (left.length > 0)
    out(`${left.length} cannot be written again, and take no act: ${left.join(', ')}. \`--discard\` goes on without.`)
  return { judged: cases.map((one) => again.get(one.caseId) ?? one), lost: left.length }
}

async function judgedAnew(standing: Reviving, one: Judged): Promise<Judged> {
  const now = await caseById(standing.sql, one.caseId)
  const { status } = await standing.temporal.workflow.getHandle(caseWorkflowId(one.caseId)).describe()
  const anew = { ...one, status: now?.status === 'closed' ? ('closed' as const) : ('open' as const), stopped: null }
  const situation = await situationOf(standing, anew, status.name === 'RUNNING', false)
  // All that was confirmed is in the record now; what a stopped workflow still holds was confirmed to nobody.
  return { ...anew, situation: situation === 'ahead' ? 'stopped' : situation }
}
