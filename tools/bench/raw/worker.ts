import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Client } from '@temporalio/client'
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker'
import type { Sql } from '../../../database/connect.ts'
import { casesKept } from '../../../worker/host.ts'
import { runUntilStopped } from '../../../worker/run.ts'
import { rawTimer, rawWorkflow, stepUpdate } from './workflow.ts'

const QUEUE = 'raw'

export interface Raw {
  /** A workflow that answers `step`; the answer performs one. */
  open(): Promise<() => Promise<void>>
  /** A workflow whose one timer falls due at this instant. */
  timer(at: number): Promise<void>
  end(): Promise<void>
}

/** One row and one upsert a step, on the same servers, with the default converter. */
export async function startRaw(address: string, client: Client, sql: Sql): Promise<Raw> {
  await sql`create table if not exists raw_rows (id text, n integer, primary key (id, n))`
  await sql`create table if not exists raw_heads (id text primary key, n integer)`
  const connection = await NativeConnection.connect({ address })
  const worker = await Worker.create({
    connection,
    taskQueue: QUEUE,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)),
      logger: new DefaultLogger('ERROR'),
    }),
    activities: {
      writeRow: (id: string, n: number): Promise<void> =>
        sql.begin(async (tx) => {
          await tx`insert into raw_rows values (${id}, ${n}) on conflict do nothing`
          await tx`insert into raw_heads values (${id}, ${n}) on conflict (id) do update set n = excluded.n`
        }),
    },
    maxCachedWorkflows: casesKept(),
    maxConcurrentWorkflowTaskExecutions: 20,
    maxConcurrentActivityTaskExecutions: 20,
  })
  const done = runUntilStopped(worker)
  return {
    async open() {
      const id = randomUUID()
      const handle = await client.workflow.start(rawWorkflow, { workflowId: `raw-${id}`, taskQueue: QUEUE, args: [id] })
      let n = 0
      return async () => {
        n += 1
        await handle.executeUpdate(stepUpdate, { args: [n] })
      }
    },
    async timer(at) {
      const id = randomUUID()
      await client.workflow.start(rawTimer, { workflowId: `raw-${id}`, taskQueue: QUEUE, args: [id, at] })
    },
    async end() {
      worker.shutdown()
      await done
      await connection.close()
    },
  }
}
