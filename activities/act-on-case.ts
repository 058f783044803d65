import { createHash } from 'node:crypto'
import { Context } from '@temporalio/activity'
import { WorkflowUpdateFailedError } from '@temporalio/client'
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common'
import { type Act, type Action, type Holding, NOT_AFTER_MS } from '../cases/actions.ts'
import { canonicalJson } from '../cases/canonical.ts'
import { dayOf } from '../cases/clocks/civil.ts'
import type { Refusal } from '../cases/refusals.ts'
import { caseById, receiptOf } from '../database/queries/one-case.ts'
import { newestSettings } from '../database/queries/settings.ts'
import { actUpdate, caseWorkflowId } from '../workflows/messages.ts'
import { CaseWithoutWorkflow } from './each-of.ts'
import type { Tools } from './tools.ts'

/** `nothing`: the case is closed or has nothing of the kind. `refused`: it stays as it is, and somebody must look. */
export interface Became {
  kind: 'done' | 'nothing' | 'refused'
  /** As the case said it; null where none was needed, or the case did not answer. */
  refusal: Refusal | null
}
const DONE: Became = { kind: 'done', refusal: null }
export interface OneOfMany {
  caseId: string
  by: { user: string; holds: Holding[] }
  act: Act
  /** The act over many cases that this is one of: the same one is the same action, however often it is tried. */
  of: string
}

/** Throws `CaseWithoutWorkflow` for an open case that only a revival can bring back. */
export async function actOnCase({ sql, temporal }: Tools, { caseId, by, act, of }: OneOfMany): Promise<Became> {
  const id = digestOf([of, act.act, caseId, act]).slice(0, 32)
  if ((await receiptOf(sql, caseId, id)) !== undefined) return DONE
  const { settings } = await businessTime(sql)
  // The same at every try: the engine may hold the copy of another one (decision 33).
  const now = Context.current().info.scheduledTimestampMs + settings.offsetMs
  const digest = digestOf(act)
  const notAfter = Date.now() + NOT_AFTER_MS
  const asker = { kind: 'user' as const, ...by }
  const action: Action = { id, digest, by: asker, via: 'app', happened: now, received: now, notAfter, act }
  const handle = temporal.workflow.getHandle(caseWorkflowId(caseId))
  try {
    await temporal.withAbortSignal(Context.current().cancellationSignal, () =>
      handle.executeUpdate(actUpdate, { updateId: id, args: [action] }),
    )
    return DONE
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) {
      if ((await caseById(sql, caseId))?.status === 'open') throw new CaseWithoutWorkflow()
      return { kind: 'nothing', refusal: null }
    }
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : null
    if (!(cause instanceof ApplicationFailure) || cause.type === 'too_late') throw error
    const refusal = cause.type === 'refused' ? (cause.details?.[0] as Refusal) : null
    const nothing = refusal?.code === 'not_found' || refusal?.code === 'case_closed'
    return { kind: nothing ? 'nothing' : 'refused', refusal }
  }
}

export async function businessTime(sql: Tools['sql']) {
  const settings = await newestSettings(sql)
  if (!settings) throw new Error('the installation has no settings yet')
  const now = Date.now() + settings.offsetMs
  return { now, today: dayOf(now), settings }
}

const digestOf = (content: unknown): string => createHash('sha256').update(canonicalJson(content)).digest('hex')
