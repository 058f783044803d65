/** Hands an action to the workflow of its case and says what became of it within a deadline. */

import { setTimeout as pause } from 'node:timers/promises'
import {
  type Client,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/common'
import type { Action } from '../../cases/actions.ts'
import type { Refusal } from '../../cases/refusals.ts'
import { firstReceived } from '../../database/queries/received.ts'
import type { Deps } from '../context/deps.ts'
import { type ActAnswer, actUpdate, type CaseInput, caseWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts'

/** `late`: not durably accepted in time, so the same key may be sent again. `gone`: no such run takes actions. */
export type Sent =
  | { kind: 'recorded'; answer: ActAnswer }
  | { kind: 'accepted' }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'stopped' }
  | { kind: 'late' }
  | { kind: 'gone' }

type Sending = Pick<Deps, 'sql' | 'temporal'>
export const ANSWER_WITHIN_MS = 8000
const SPREAD_MS = 600_000
/** How far wake-ups are spread; on a training installation everything happens at once. */
export const spreadMs = (deps: Pick<Deps, 'installation'>): number =>
  deps.installation.kind === 'training' ? 0 : SPREAD_MS
const STAGE_WITHIN_MS = 1500
const ACCEPTED = 2
const DEADLINE_EXCEEDED = 4
const NOT_FOUND = 5
const RESOURCE_EXHAUSTED = 8
const FULL_PAUSE_MS = 100

const grpcCode = (error: unknown): number | null => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'number' ? code : null
}

const isFull = (error: unknown): boolean =>
  error instanceof ServiceError && grpcCode(error.cause) === RESOURCE_EXHAUSTED

/** The engine holds ten updates of one case at a time, and sixteen desks may add to one arrival: who finds it full waits. */
const onceThereIsRoom = async <T>(withinMs: number, ask: (deadline: number) => Promise<T>): Promise<T> => {
  const deadline = Date.now() + withinMs
  for (;;) {
    try {
      return await ask(deadline)
    } catch (error) {
      if (!isFull(error) || Date.now() + FULL_PAUSE_MS > deadline) throw error
    }
    await pause(FULL_PAUSE_MS)
  }
}

const refusalOf = (error: WorkflowUpdateFailedError): Sent => {
  const cause = error.cause
  if (cause instanceof ApplicationFailure && cause.type === 'refused')
    return { kind: 'refused', refusal: cause.details?.[0] as Refusal }
  if (cause instanceof ApplicationFailure && cause.type === 'too_late') return { kind: 'late' }
  return { kind: 'stopped' }
}

/** The stage that the server knows for an update, without sending it again. */
const wasAccepted = async (client: Client, workflowId: string, updateId: string): Promise<boolean> => {
  try {
    const answer = await client.connection.withDeadline(Date.now() + STAGE_WITHIN_MS, () =>
      client.workflowService.pollWorkflowExecutionUpdate({
        namespace: client.options.namespace,
        updateRef: { workflowExecution: { workflowId }, updateId },
      }),
    )
    return (answer.stage ?? 0) >= ACCEPTED
  } catch (error) {
    if (grpcCode(error) === NOT_FOUND || grpcCode(error) === DEADLINE_EXCEEDED) return false
    throw error
  }
}

const outcomeOf = async (client: Client, action: Action, workflowId: string, ask: () => Promise<ActAnswer>) => {
  try {
    return { kind: 'recorded', answer: await ask() } satisfies Sent
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) return refusalOf(error)
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowExecutionAlreadyStartedError)
      return { kind: 'gone' } satisfies Sent
    if (isFull(error)) return { kind: 'late' } satisfies Sent
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)
      return (
        (await wasAccepted(client, workflowId, action.id)) ? { kind: 'accepted' } : { kind: 'late' }
      ) satisfies Sent
    throw error
  }
}

/** An act that is sent again is the same to the letter: the engine may hold either copy (decision 33). */
const asFirstReceived = async (sql: Sending['sql'], action: Action): Promise<Action> => ({
  ...action,
  ...(await firstReceived(sql, action.id, action)),
})

/** To the running workflow of a case. `withinMs` counts real time from now. */
export const sendAct = async (
  { sql, temporal: client }: Sending,
  caseId: string,
  action: Action,
  withinMs: number,
): Promise<Sent> => {
  const workflowId = caseWorkflowId(caseId)
  const args: [Action] = [await asFirstReceived(sql, action)]
  const options = { args, updateId: action.id }
  const ask = (deadline: number) =>
    client.connection.withDeadline(deadline, () =>
      client.workflow.getHandle(workflowId).executeUpdate(actUpdate, options),
    )
  return outcomeOf(client, action, workflowId, () => onceThereIsRoom(withinMs, ask))
}

/** Waits only until the action is durably accepted. */
export const sendActAsync = async (
  { sql, temporal: client }: Sending,
  caseId: string,
  action: Action,
): Promise<Sent> => {
  const workflowId = caseWorkflowId(caseId)
  const args: [Action] = [await asFirstReceived(sql, action)]
  const options = { args, updateId: action.id, waitForStage: 'ACCEPTED' as const }
  const ask = (deadline: number) =>
    client.connection.withDeadline(deadline, () =>
      client.workflow.getHandle(workflowId).startUpdate(actUpdate, options),
    )
  return acceptedOnly(client, action, workflowId, () => onceThereIsRoom(ANSWER_WITHIN_MS, ask))
}

const acceptedOnly = async (client: Client, action: Action, workflowId: string, ask: () => Promise<unknown>) => {
  const nothing: ActAnswer = { fromSeq: 0, toSeq: 0, replayed: false }
  const sent: Sent = await outcomeOf(client, action, workflowId, async () => {
    await ask()
    return nothing
  })
  return sent.kind === 'recorded' ? ({ kind: 'accepted' } satisfies Sent) : sent
}

/**
 * Starts the workflow and acts on it in one call. A new case rejects a second start of its id, so a repeated opening
 * is one case; a closed case, whose workflow has ended, begins again from the fold of its ledger.
 */
export const sendStarting = async (
  { sql, temporal: client }: Sending,
  input: CaseInput,
  action: Action,
  withinMs: number,
): Promise<Sent> => {
  const workflowId = caseWorkflowId(input.caseId)
  const args: [Action] = [await asFirstReceived(sql, action)]
  const start = new WithStartWorkflowOperation('caseWorkflow', {
    workflowId,
    taskQueue: TASK_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: input.state === null ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
  })
  const ask = () =>
    client.connection.withDeadline(Date.now() + withinMs, () =>
      client.workflow.executeUpdateWithStart(actUpdate, {
        args,
        updateId: action.id,
        startWorkflowOperation: start,
      }),
    )
  return outcomeOf(client, action, workflowId, ask)
}

/** What became of an action that was accepted before, held until it is final or the time is over. */
export const awaitAct = async (client: Client, caseId: string, action: string, withinMs: number): Promise<Sent> => {
  const workflowId = caseWorkflowId(caseId)
  try {
    const answer = await client.connection.withDeadline(Date.now() + withinMs, () =>
      client.workflow.getHandle(workflowId).getUpdateHandle<ActAnswer>(action).result(),
    )
    return { kind: 'recorded', answer }
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) return refusalOf(error)
    if (error instanceof WorkflowNotFoundError || grpcCode(error) === NOT_FOUND) return { kind: 'gone' }
    if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || grpcCode(error) === DEADLINE_EXCEEDED)
      return (await wasAccepted(client, workflowId, action)) ? { kind: 'accepted' } : { kind: 'gone' }
    throw error
  }
}
