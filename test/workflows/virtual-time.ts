/**
 * Runs the case workflow in the SDK's own sandbox with no server: activations go in, commands come out, and time is a
 * number. The deep imports of the SDK (whose version is pinned exactly) live in this file and nowhere else.
 */

import { createRequire } from 'node:module'
import { defaultPayloadConverter, type Payload, TypedSearchAttributes } from '@temporalio/common'
import { msToTs } from '@temporalio/common/lib/time.js'
import Long from 'long'
import { workflowBundle } from '../workflow-bundle.ts'
import type { CaseInput } from '../../workflows/messages.ts'

interface Command {
  startTimer?: { seq: number; startToFireTimeout: { seconds?: Long | number; nanos?: number } }
  cancelTimer?: { seq: number }
  scheduleActivity?: { seq: number; activityType: string; arguments: Payload[] }
  scheduleLocalActivity?: { seq: number; activityType: string; arguments: Payload[] }
  updateResponse?: {
    protocolInstanceId: string
    accepted?: object
    completed?: Payload
    rejected?: { applicationFailureInfo?: { type?: string; details?: { payloads?: Payload[] } } }
  }
  continueAsNewWorkflowExecution?: { arguments: Payload[] }
  completeWorkflowExecution?: object
}
/** Its message went through the failure converter, which keeps it for the codec. */
interface Failure {
  message?: string
  encodedAttributes?: { data?: Uint8Array }
}
interface Sandboxed {
  activate(activation: object): Promise<{ failed?: { failure?: Failure }; successful?: { commands: Command[] } }>
  dispose(): Promise<void>
}
interface Creator {
  createWorkflow(options: object): Promise<Sandboxed>
}
const require = createRequire(import.meta.url)
const { ReusableVMWorkflowCreator } = require('@temporalio/worker/lib/workflow/reusable-vm') as {
  ReusableVMWorkflowCreator: { create(bundle: unknown, timeout: number, activities: Set<string>): Promise<Creator> }
}
const { parseWorkflowCode } = require('@temporalio/worker/lib/worker') as { parseWorkflowCode(code: string): unknown }
const { createUnsafeRandomSource } = require('@temporalio/workflow/lib/random-helpers') as {
  createUnsafeRandomSource(random: () => number): unknown
}
const { coresdk } = require('@temporalio/proto') as {
  coresdk: { workflow_activation: { WorkflowActivation: { fromObject(value: object): object } } }
}

export type Activities = Record<string, (input: never) => unknown>
export type Answer<T> = { kind: 'completed'; value: T } | { kind: 'failed'; type: string; details: unknown[] }

export async function sandbox(activities: Activities): Promise<Creator> {
  const bundle = await workflowBundle()
  return ReusableVMWorkflowCreator.create(parseWorkflowCode(bundle.code), 5_000, new Set(Object.keys(activities)))
}
const payload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value)

export class VirtualRun {
  now: number
  /** What the history would hold. */
  events = 4
  /** The input of the next run, once this one has continued as new. */
  next: CaseInput | null = null
  ended = false
  private readonly workflow: Sandboxed
  private readonly runId: string
  private readonly activities: Activities
  private readonly timers = new Map<number, number>()
  private readonly answers = new Map<string, Answer<unknown>>()
  private updates = 0

  private constructor(workflow: Sandboxed, runId: string, activities: Activities, now: number) {
    this.workflow = workflow
    this.runId = runId
    this.activities = activities
    this.now = now
  }

  static async start(creator: Creator, activities: Activities, input: CaseInput, now: number): Promise<VirtualRun> {
    const runId = `run-${Math.random().toString(36).slice(2)}`
    const started = new Date(now)
    const info = {
      workflowType: 'caseWorkflow',
      workflowId: `case-${input.caseId}`,
      runId,
      namespace: 'default',
      taskQueue: 'q',
      firstExecutionRunId: runId,
      originalExecutionRunId: runId,
      attempt: 1,
      taskTimeoutMs: 10_000,
      searchAttributes: {},
      typedSearchAttributes: new TypedSearchAttributes(),
      historyLength: 3,
      historySize: 300,
      continueAsNewSuggested: false,
      startTime: started,
      runStartTime: started,
      unsafe: {
        isReplaying: false,
        isReplayingHistoryEvents: false,
        now: Date.now,
        random: createUnsafeRandomSource(() => 0.5),
      },
    }
    const seed = Long.fromInt(7)
    const workflow = await creator.createWorkflow({
      info,
      randomnessSeed: seed.toBytes(),
      now,
      showStackTraceSources: false,
    })
    const run = new VirtualRun(workflow, runId, activities, now)
    const init = {
      workflowId: info.workflowId,
      workflowType: info.workflowType,
      arguments: [payload(input)],
      randomnessSeed: seed,
      startTime: msToTs(now),
    }
    await run.task({ initializeWorkflow: init })
    return run
  }

  async update<T>(name: string, input: unknown): Promise<Answer<T>> {
    const id = `update-${(this.updates += 1)}`
    this.events += 5
    await this.task({
      doUpdate: {
        id,
        protocolInstanceId: id,
        name,
        input: [payload(input)],
        runValidator: true,
        meta: { updateId: id, identity: 'test' },
      },
    })
    const answer = this.answers.get(id)
    if (!answer) throw new Error(`${name} was not answered`)
    return answer as Answer<T>
  }
  async signal(name: string, input: unknown): Promise<void> {
    this.events += 4
    await this.task({ signalWorkflow: { signalName: name, input: [payload(input)] } })
  }

  /** Fires every timer that comes due on the way, in order. */
  async passTo(instant: number): Promise<void> {
    for (;;) {
      const [seq, at] = [...this.timers].toSorted((a, b) => a[1] - b[1])[0] ?? []
      if (seq === undefined || at === undefined || at > instant || this.ended) break
      this.now = Math.max(this.now, at)
      this.timers.delete(seq)
      this.events += 4
      await this.task({ fireTimer: { seq } })
    }
    this.now = instant
  }
  get armed(): number {
    return this.timers.size
  }
  end(): Promise<void> {
    return this.workflow.dispose()
  }

  private async task(job: object): Promise<void> {
    const activation = {
      runId: this.runId,
      timestamp: msToTs(this.now),
      isReplaying: false,
      historyLength: this.events,
      jobs: [job],
    }
    const completion = await this.workflow.activate(
      coresdk.workflow_activation.WorkflowActivation.fromObject(activation),
    )
    if (completion.failed) throw new Error(messageOf(completion.failed.failure))
    for (const command of withoutPairs(completion.successful?.commands ?? [])) await this.take(command)
  }

  private async take(command: Command): Promise<void> {
    const {
      startTimer,
      cancelTimer,
      scheduleActivity,
      scheduleLocalActivity,
      updateResponse,
      continueAsNewWorkflowExecution,
    } = command
    if (startTimer) {
      const { seconds = 0, nanos = 0 } = startTimer.startToFireTimeout
      this.timers.set(startTimer.seq, this.now + Number(seconds) * 1_000 + nanos / 1e6)
      this.events += 1
    }
    if (cancelTimer) {
      this.timers.delete(cancelTimer.seq)
      this.events += 1
    }
    if (updateResponse) this.respond(updateResponse)
    if (continueAsNewWorkflowExecution) {
      this.next = defaultPayloadConverter.fromPayload(continueAsNewWorkflowExecution.arguments[0] ?? payload(null))
      this.ended = true
    }
    if (command.completeWorkflowExecution) this.ended = true
    if (scheduleActivity) await this.perform(scheduleActivity, 6)
    if (scheduleLocalActivity) await this.perform(scheduleLocalActivity, 1)
  }

  /** `events`: what it leaves in the history; a marker, or a task of its own. */
  private async perform(
    { seq, activityType, arguments: [argument] }: NonNullable<Command['scheduleActivity']>,
    events: number,
  ): Promise<void> {
    const activity = this.activities[activityType]
    if (!activity) throw new Error(`no activity ${activityType}`)
    const input: unknown = argument ? defaultPayloadConverter.fromPayload(argument) : undefined
    const value = await activity(input as never)
    this.events += events
    await this.task({ resolveActivity: { seq, result: { completed: { result: payload(value) } } } })
  }

  private respond({ protocolInstanceId, completed, rejected }: NonNullable<Command['updateResponse']>): void {
    if (completed) {
      this.answers.set(protocolInstanceId, { kind: 'completed', value: defaultPayloadConverter.fromPayload(completed) })
    } else if (rejected) {
      const details = (rejected.applicationFailureInfo?.details?.payloads ?? []).map((one) =>
        defaultPayloadConverter.fromPayload(one),
      )
      this.answers.set(protocolInstanceId, {
        kind: 'failed',
        type: rejected.applicationFailureInfo?.type ?? '',
        details,
      })
    }
  }
}

const messageOf = (failure: Failure | undefined): string =>
  Buffer.from(failure?.encodedAttributes?.data ?? []).toString() || (failure?.message ?? 'the task failed')

/** A timer that is started and cancelled in one task never reaches the history. */
function withoutPairs(commands: Command[]): Command[] {
  const cancelled = new Set(commands.flatMap((one) => one.cancelTimer?.seq ?? []))
  const paired = new Set(
    commands.flatMap((one) => (one.startTimer && cancelled.has(one.startTimer.seq) ? [one.startTimer.seq] : [])),
  )
  return commands.filter((one) => !paired.has(one.startTimer?.seq ?? one.cancelTimer?.seq ?? -1))
}
