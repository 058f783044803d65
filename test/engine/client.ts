/** The engine's client as the API and the activities use it, answered by workflows of this process. */

import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client'
import type { Run } from './run.ts'

interface Named {
  name: string
}
interface Asked {
  args: unknown[]
  updateId: string
}
interface Start {
  workflowId: string
  args: unknown[]
  workflowIdReusePolicy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE'
}
export interface Workflows {
  find: (workflowId: string) => Promise<Run | undefined>
  begin: (type: string, workflowId: string, args: unknown[]) => Run
}

/** As a payload arrives at the other side. */
const sent = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T))
const failed = (cause: unknown): never => {
  throw cause instanceof Error ? new WorkflowUpdateFailedError('the update failed', cause) : cause
}

/** Answers once the update is accepted; what comes of it is another promise, in a list of one. */
function accepted(run: Run, { name }: Named, { args, updateId }: Asked): [Promise<unknown>] {
  const known = run.updates.get(updateId)
  if (known) return [known]
  const handler = run.handlers.get(name)
  if (handler === undefined) throw new Error(`nothing handles ${name}`)
  const given = sent(args) as never[]
  try {
    run.within(() => handler.validate?.(...given))
  } catch (cause) {
    failed(cause)
  }
  run.handling += 1
  const result = run
    .within(async () => handler.handle(...given))
    .finally(() => {
      run.handling -= 1
      run.step()
    })
    .then(sent, failed)
  // Somebody may ask for it later, or never.
  result.catch(() => {})
  run.updates.set(updateId, result)
  run.step()
  return [result]
}

export function clientOf({ find, begin }: Workflows): Client {
  const gone = (workflowId: string) => new WorkflowNotFoundError('there is no such workflow', workflowId, undefined)
  const running = async (workflowId: string): Promise<Run> => {
    const run = await find(workflowId)
    if (run === undefined || run.ended) throw gone(workflowId)
    return run
  }
  const known = async (workflowId: string): Promise<Run> => {
    const run = await find(workflowId)
    if (run === undefined) throw gone(workflowId)
    return run
  }
  const started = async (type: string, { workflowId, args, workflowIdReusePolicy }: Start): Promise<Run> => {
    const run = await find(workflowId)
    if (run !== undefined && !run.ended) return run
    if (run !== undefined && workflowIdReusePolicy === 'REJECT_DUPLICATE')
      throw new WorkflowExecutionAlreadyStartedError('it has been', workflowId, type)
    return begin(type, workflowId, args)
  }

  const handleOf = (workflowId: string) => ({
    async executeUpdate(update: Named, asked: Asked) {
      const [result] = accepted(await running(workflowId), update, asked)
      return result
    },
    async startUpdate(update: Named, asked: Asked) {
      const [result] = accepted(await running(workflowId), update, asked)
      return { result: () => result }
    },
    getUpdateHandle: (updateId: string) => ({
      async result() {
        const result = (await known(workflowId)).updates.get(updateId)
        if (result === undefined) throw gone(workflowId)
        return result
      },
    }),
    async query({ name }: Named, ...args: unknown[]) {
      const run = await known(workflowId)
      return run.within(() => run.handlers.get(name)?.handle(...(args as never[])))
    },
    /** Answers when what it brings about is done: nobody has to ask again after a pause. */
    async signal({ name }: Named, ...args: unknown[]) {
      const run = await running(workflowId)
      run.within(() => run.handlers.get(name)?.handle(...(sent(args) as never[])))
      run.step()
      await run.rest()
    },
    async describe() {
      return { status: { name: (await known(workflowId)).ended ? 'COMPLETED' : 'RUNNING' } }
    },
  })
  const client = {
    options: { namespace: 'default' },
    connection: { withDeadline: <T>(_deadline: number, ask: () => Promise<T>) => ask() },
    withDeadline: <T>(_deadline: number, ask: () => Promise<T>) => ask(),
    withAbortSignal: <T>(_signal: AbortSignal, ask: () => Promise<T>) => ask(),
    workflowService: {
      getSystemInfo: () => Promise.resolve({}),
      listWorkflowExecutions: () => Promise.resolve({ executions: [] }),
      /** Nothing here is kept as a history. */
      getWorkflowExecutionHistory: () => Promise.resolve({ history: { events: [] } }),
      describeTaskQueue: () =>
        Promise.resolve({
          pollers: [{ identity: 'in this process', lastAccessTime: { seconds: Math.floor(Date.now() / 1_000) } }],
        }),
    },
    workflow: {
      getHandle: handleOf,
      async executeUpdateWithStart(
        update: Named,
        { startWorkflowOperation, ...asked }: Asked & { startWorkflowOperation: Operation },
      ) {
        const { workflowTypeOrFunc, options } = startWorkflowOperation
        const [result] = accepted(await started(workflowTypeOrFunc, options), update, asked)
        return result
      },
      /** Answers when it has come as far as it does by itself. */
      async start(type: string, options: Start) {
        const run = await started(type, options)
        await run.rest()
        return handleOf(options.workflowId)
      },
    },
  }
  return client as unknown as Client
}
interface Operation {
  workflowTypeOrFunc: string
  options: Start
}
