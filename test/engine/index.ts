/** The workflows themselves on a real database, in this process and on the test's clock. */

import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { MockActivityEnvironment } from '@temporalio/testing'
import { vi } from 'vitest'
import { revivedCaseInput } from '../../activities/case-input.ts'
import { createActivities } from '../../activities/index.ts'
import { caseWorkflowId } from '../../workflows/messages.ts'
import type { TestDatabase } from '../postgres.ts'
import { clientOf } from './client.ts'
import { ContinuedAsNew, Run, type Timer } from './run.ts'
import * as workflowModule from './workflow-module.ts'

export interface Engine {
  temporal: Client
  /** The earliest instant at which something happens by itself. */
  wakeAt(): Promise<number | null>
  /** Everything lives through what has fallen due by now, in the order in which it fell due. */
  passTime(): Promise<void>
  /** When every workflow waits for time or for somebody. Throws what one of them has failed of. */
  rest(): Promise<void>
}
const FIRST_PAUSE_MS = 20

/** Imported only now, so that they find our module in place of the engine's. */
async function workflowsHere(): Promise<Record<string, (input: never) => Promise<void>>> {
  vi.doMock('@temporalio/workflow', async (actual) => ({ ...(await actual<object>()), ...workflowModule }))
  return { ...(await import('../../workflows/index.ts')) }
}

export async function engineOn({ sql, ring }: Pick<TestDatabase, 'sql' | 'ring'>): Promise<Engine> {
  const workflows = await workflowsHere()
  const runs = new Map<string, Run>()
  const failures: unknown[] = []
  let takenUp: Promise<void> | null = null

  const begin = (type: string, workflowId: string, args: unknown[]): Run => {
    const workflow = workflows[type]
    if (workflow === undefined) throw new Error(`no workflow is called ${type}`)
    const run = new Run(effects)
    runs.set(workflowId, run)
    void run
      .within(() => workflow(...(args as [never])))
      .catch((error: unknown) => {
        if (error instanceof ContinuedAsNew) begin(type, workflowId, error.args)
        else failures.push(error)
      })
      .finally(() => run.end())
    return run
  }
  const find = async (workflowId: string): Promise<Run | undefined> => {
    // A copy of a database has cases that no workflow of this engine runs yet.
    await (takenUp ??= takeUp())
    return runs.get(workflowId)
  }
  const temporal = clientOf({ find, begin })
  const tools = { sql, ring, temporal }
  const activities: Record<string, (...args: never[]) => Promise<unknown>> = createActivities(tools)

  async function effects(name: string, args: unknown[], tries: number): Promise<unknown> {
    const activity = activities[name]
    if (activity === undefined) throw new Error(`no activity is called ${name}`)
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await new MockActivityEnvironment({ scheduledTimestampMs: Date.now() }).run(
          activity,
          ...(args as never[]),
        )
      } catch (error) {
        if (attempt >= tries) throw error
        await pause(FIRST_PAUSE_MS * 2 ** attempt)
      }
    }
  }

  async function takeUp(): Promise<void> {
    const rows = await sql<{ id: string }[]>`select case_id as id from cases where status = 'open' order by case_id`
    for (const { id } of rows) {
      const workflowId = caseWorkflowId(id)
      if (runs.has(workflowId)) continue
      const input = await revivedCaseInput(tools, id)
      if (input) begin('caseWorkflow', workflowId, [input])
    }
  }

  const timers = (): [Timer, Run][] =>
    [...runs.values()]
      .flatMap((run) => [...run.timers].map((timer): [Timer, Run] => [timer, run]))
      .toSorted(([a], [b]) => a.at - b.at)

  const rest = async (): Promise<void> => {
    for (;;) {
      const restless = [...runs.values()].filter((run) => !run.atRest)
      if (failures.length > 0) throw failures[0]
      if (restless.length === 0) return
      await Promise.all(restless.map((run) => run.rest()))
    }
  }
  return {
    temporal,
    rest,
    async wakeAt() {
      await find('')
      await rest()
      return timers()[0]?.[0].at ?? null
    },
    async passTime() {
      await find('')
      await rest()
      for (const [timer, run] of timers()) {
        if (timer.at > Date.now() || !run.timers.has(timer)) continue
        timer.fire()
        run.step()
        await run.rest()
      }
      await rest()
    },
  }
}
