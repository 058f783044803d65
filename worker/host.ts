/** Hosts workflows and activities on one task queue. */

import { type NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker'
import { createActivities } from '../activities/index.ts'
import type { Tools } from '../activities/tools.ts'
import type { KeyRing } from '../database/keys.ts'
import { TASK_QUEUE } from '../workflows/messages.ts'
import { failureConverterPath } from './bundle.ts'
import { SealingCodec } from './codec.ts'

export { bundleWorkflows, failureConverterPath } from './bundle.ts'

export interface Hosting {
  connection: NativeConnection
  namespace: string
  workflowBundle: WorkflowBundle
  tools: Tools
  /** Keys of the codec, apart from the master keys of the database. */
  codecRing: KeyRing
  identity: string
}

export function createWorker({
  connection,
  namespace,
  workflowBundle,
  tools,
  codecRing,
  identity,
}: Hosting): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    identity,
    workflowBundle,
    taskQueue: TASK_QUEUE,
    activities: createActivities(tools),
    dataConverter: { payloadCodecs: [new SealingCodec(codecRing)], failureConverterPath },
    // After a killed worker the next step waits this long for its sticky queue; the default is ten seconds.
    stickyQueueScheduleToStartTimeout: '3 seconds',
    // About half a megabyte each after two years; a colder case costs one replay.
    maxCachedWorkflows: 500,
    maxConcurrentWorkflowTaskExecutions: 20,
    maxConcurrentActivityTaskExecutions: 20,
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '20 seconds',
  })
}
