import type { Act } from '../cases/actions.ts'
import {
  type Batch,
  batchById,
  casesIn,
  letGoOfWaiting,
  markBatchCase,
  markBegun,
  markLifted,
} from '../database/queries/batches.ts'
import { actOnCase, businessTime } from './act-on-case.ts'
import { eachOf, LOOKED_AT } from './each-of.ts'
import type { Tools } from './tools.ts'

export interface WorkOnBatch {
  batch: string
  way: 'begin' | 'lift'
  limit: number
}
const WHILE_IT_BEGINS_MS = 500

/** Begins or lifts up to `limit` cases of a batch; answers how many are left. Done again, it does nothing twice. */
export const workOnBatch =
  (tools: Tools) =>
  async ({ batch: id, way, limit }: WorkOnBatch): Promise<{ left: number; wait?: number }> => {
    const batch = await batchById(tools.sql, id)
    if (!batch) throw new Error('this batch is not in the record')
    return way === 'begin' ? begin(tools, batch, limit) : lift(tools, batch, limit)
  }

async function begin(tools: Tools, batch: Batch, limit: number): Promise<{ left: number }> {
  const { sql } = tools
  const { id, procedure, answers } = batch
  if (batch.lift) await letGoOfWaiting(sql, id)
  const act: Act = { act: 'begin_procedure', procedure, answers, personal: {}, absent: {}, batch: id }
  await eachOf(await casesIn(sql, id, 'waiting', LOOKED_AT), limit, async (caseId) => {
    const { kind, refusal } = await actOnCase(tools, { caseId, by: batch.by, act, of: id })
    await markBatchCase(sql, id, caseId, { state: kind === 'done' ? 'begun' : kind, refusal })
  })
  const left = (await casesIn(sql, id, 'waiting', limit)).length
  if (left === 0) await markBegun(sql, id, new Date((await businessTime(sql)).now))
  return { left }
}

/** Only once nothing begins any more: a case that began at the last moment must not be left behind. */
async function lift(tools: Tools, batch: Batch, limit: number): Promise<{ left: number; wait?: number }> {
  const { sql } = tools
  const { id, procedure } = batch
  if (!batch.lift) throw new Error('nobody has asked to lift this batch')
  if (batch.begun === null) return { left: 1, wait: WHILE_IT_BEGINS_MS }
  const { by, id: of } = batch.lift
  const act: Act = { act: 'lift_batch', batch: id, procedure }
  await eachOf(await casesIn(sql, id, 'begun', LOOKED_AT), limit, async (caseId) => {
    const { kind, refusal } = await actOnCase(tools, { caseId, by, act, of })
    const state = { done: 'lifted', nothing: 'over', refused: 'kept' } as const
    await markBatchCase(sql, id, caseId, { state: state[kind], refusal })
  })
  const left = (await casesIn(sql, id, 'begun', limit)).length
  if (left === 0) await markLifted(sql, id, new Date((await businessTime(sql)).now))
  return { left }
}
