import type { Act } from '../cases/actions.ts'
import { shareOut } from '../cases/share-out.ts'
import {
  casesToMove,
  closeOffice,
  endStay,
  type Handover,
  handoverById,
  markCase,
  markMoved,
  markReturned,
  planCases,
  type PlannedCase,
  portionsOf,
  unplanned,
} from '../database/queries/handovers.ts'
import { successorsOf } from '../database/queries/successors.ts'
import { activeUsers } from '../database/queries/named.ts'
import { actOnCase, businessTime } from './act-on-case.ts'
import { eachOf, LOOKED_AT } from './each-of.ts'
import { tellUnheld } from './tell-unheld.ts'
import type { Tools } from './tools.ts'

export interface MoveWork {
  handover: string
  way: 'over' | 'back'
  limit: number
}

/** Moves up to `limit` cases of a handover; answers how many are left. Done again, it moves nothing twice. */
export const moveWork =
  (tools: Tools) =>
  async ({ handover: id, way, limit }: MoveWork): Promise<{ left: number }> => {
    const handover = await handoverById(tools.sql, id)
    if (!handover) throw new Error('this handover is not in the record')
    return way === 'over' ? moveOver(tools, handover, limit) : moveBack(tools, handover, limit)
  }

async function moveOver(tools: Tools, handover: Handover, limit: number): Promise<{ left: number }> {
  const { sql } = tools
  if (handover.because === 'departure') await endStay(sql, handover.people, handover.starts)
  if (handover.because === 'office_closure') await closeOffice(sql, handover.places, handover.starts)
  const { id, because, until } = handover
  await eachOf(await casesToMove(sql, id, 'planned', LOOKED_AT), limit, async (one) => {
    const { from, to } = one
    const act: Act = { act: 'hand_over', handover: id, from, to, because, returns: until !== null }
    const { kind } = await actOnCase(tools, { caseId: one.caseId, by: handover.by, act, of: id })
    await markCase(sql, one, kind === 'done' ? 'moved' : kind)
  })
  await planNewcomers(tools, handover)
  const left = (await casesToMove(sql, id, 'planned', limit)).length
  if (left > 0) return { left }
  // Whoever went may have been the last of a role: told at once, not at the next round.
  await tellUnheld(tools)
  await markMoved(sql, handover, new Date((await businessTime(sql)).now))
  return { left }
}

/** Cases opened or given since it was planned are not missed; whoever has most room takes them. */
async function planNewcomers({ sql }: Tools, handover: Handover): Promise<void> {
  const { settings, today } = await businessTime(sql)
  const found = await unplanned(sql, handover.id, await portionsOf(sql, handover.people))
  const successors = await successorsOf(sql, handover.successors, today)
  for (const portion of found) {
    const shares = shareOut([portion], successors, settings.places, true)
    if (shares.kind === 'shared') await planCases(sql, handover.id, shares.given)
  }
}

async function moveBack(tools: Tools, handover: Handover, limit: number): Promise<{ left: number }> {
  const { sql } = tools
  const present = await activeUsers(sql, handover.people)
  const cases = await casesToMove(sql, handover.id, 'moved', LOOKED_AT)
  const isBack = (one: PlannedCase): boolean => present.has(one.from)
  await eachOf(cases.filter(isBack), limit, async (one) => {
    const act: Act = { act: 'hand_back', handover: handover.id }
    const { kind } = await actOnCase(tools, { caseId: one.caseId, by: handover.by, act, of: handover.id })
    await markCase(sql, one, kind === 'done' ? 'returned' : kind)
  })
  const left = (await casesToMove(sql, handover.id, 'moved', LOOKED_AT)).filter(isBack).length
  if (left > 0) return { left }
  await markReturned(sql, handover, new Date((await businessTime(sql)).now))
  await tellUnheld(tools)
  return { left }
}
