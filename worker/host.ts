/** Hosts workflows and activities on one task queue. */

import { totalmem } from 'node:os'
import { type NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker'
import { createActivities } from '../activities/index.ts'
import type { Tools } from '../activities/tools.ts'
import type { KeyRing } from '../database/keys.ts'
import { TASK_QUEUE } from '../workflows/messages.ts'
import { SealingCodec } from './codec.ts'
import { failureConverterPath } from './failure-converter-path.ts'
import { workerIdentity } from './identity.ts'

export { bundleWorkflows } from './bundle.ts'
export { failureConverterPath } from './failure-converter-path.ts'

const BYTES_A_CASE = 600_000
const FEWEST = 50
const MOST = 2_000

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
    identity: workerIdentity(identity),
    workflowBundle,
    taskQueue: TASK_QUEUE,
    activities: createActivities(tools),
    dataConverter: { payloadCodecs: [new SealingCodec(codecRing)], failureConverterPath },
    // After a killed worker the next step waits this long for its sticky queue; the default is ten seconds.
    stickyQueueScheduleToStartTimeout: '3 seconds',
    maxCachedWorkflows: casesKept(),
    maxConcurrentWorkflowTaskExecutions: 20,
    maxConcurrentActivityTaskExecutions: 20,
    shutdownGraceTime: '6 seconds',
    shutdownForceTime: '11 seconds',
  })
}

/** A sixth of what this process may use, at most 600 kB a case after two years; a colder case costs one replay. */
export function casesKept(memory = Math.min(totalmem(), process.constrainedMemory() || Infinity)): number {
  return Math.min(Math.max(Math.floor(memory / 6 / BYTES_A_CASE), FEWEST), MOST)
}
