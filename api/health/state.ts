/** Whether an installation serves people: it is alive when it answers, ready when it can show and take, else degraded. */

import proto from '@temporalio/proto'
import type { Client } from '@temporalio/client'
import { migrationsBeside } from '../../database/migrate.ts'
import type { Sql } from '../../database/connect.ts'
import { TASK_QUEUE } from '../../workflows/messages.ts'

export interface Parts {
  database: 'ok' | 'away'
  /** Behind: migrations of this release have not been applied. */
  schema: 'ok' | 'behind' | 'unknown'
  engine: 'ok' | 'away'
  /** That have asked for work lately. */
  workers: number
}
/** `degraded`: people can read, and what they do is late or refused. `not_ready`: nothing can be answered. */
export type HealthStatus = 'ok' | 'degraded' | 'not_ready'

const WITHIN_MS = 2_000
/** A worker asks for work at least once a minute: one that has not for so long is gone. */
const GONE_MS = 120_000

export async function partsOf(sql: Sql, temporal: Client): Promise<Parts> {
  const [schema, workers] = await Promise.all([within(migrationsBeside(sql)), within(pollers(temporal))])
  return {
    database: schema === null ? 'away' : 'ok',
    schema: schema === null ? 'unknown' : schema.pending.length === 0 ? 'ok' : 'behind',
    engine: workers === null ? 'away' : 'ok',
    workers: workers?.length ?? 0,
  }
}

export function statusOf({ database, schema, engine, workers }: Parts): HealthStatus {
  if (database === 'away' || schema === 'behind') return 'not_ready'
  return engine === 'away' || workers === 0 ? 'degraded' : 'ok'
}

/** Names of the workers that have asked for work lately. */
export async function pollers(temporal: Client, now = Date.now()): Promise<string[]> {
  const { pollers } = await temporal.connection.withDeadline(Date.now() + WITHIN_MS, () =>
    temporal.workflowService.describeTaskQueue({
      namespace: temporal.options.namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    }),
  )
  return (pollers ?? [])
    .filter(({ lastAccessTime }) => now - Number(lastAccessTime?.seconds ?? 0) * 1_000 < GONE_MS)
    .map(({ identity }) => identity ?? '')
}

/** null when it fails or is not there in time. */
function within<T>(asked: Promise<T>): Promise<T | null> {
  const late = new Promise<null>((resolve) => {
    setTimeout(() => resolve(null), WITHIN_MS).unref()
  })
  return Promise.race([asked.catch(() => null), late])
}
