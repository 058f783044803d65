/** The workflows' own code (`LiveCase`, `Recorder`) on a real database, in this process and on the test's clock. */

import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { MockActivityEnvironment } from '@temporalio/testing'
import { moveWork } from '../../activities/move-work.ts'
import type { Action } from '../../cases/actions.ts'
import { fold } from '../../cases/evolve/index.ts'
import { commitmentKeyOf } from '../../database/case-keys.ts'
import { loadLedger, recordBatch } from '../../database/ledger.ts'
import { newestProcedures, proceduresByHash } from '../../database/queries/procedures.ts'
import { newestSettings } from '../../database/queries/settings.ts'
import { LiveCase } from '../../workflows/live-case.ts'
import { type ActAnswer, type CaseInput, caseWorkflowId } from '../../workflows/messages.ts'
import { Recorder } from '../../workflows/recorder.ts'
import type { TestDatabase } from '../postgres.ts'
import { happened } from './condition.ts'

interface Running {
  live: LiveCase
  recorder: Recorder
}
export interface Engine {
  temporal: Client
  /** The earliest instant at which a case of this engine does something by itself. */
  wakeAt(): Promise<number | null>
  /** Every case lives through what has fallen due by now. */
  passTime(): Promise<void>
}

export function engineOn({ sql, ring }: TestDatabase): Engine {
  const running = new Map<string, Running>()

  function run(input: CaseInput): Running {
    const recorder = new Recorder(input, async (batch) => {
      const answer = await recordBatch(sql, ring, batch)
      setImmediate(happened)
      return answer
    })
    const live = new LiveCase(
      input,
      (ids) => newestProcedures(sql, ids),
      (state, entries, timely) => {
        recorder.add(state, entries, timely)
        happened()
      },
    )
    void recorder.keep(() => live.settings)
    const one = { live, recorder }
    running.set(caseWorkflowId(input.caseId), one)
    return one
  }

  /** Whoever is not running yet begins from the fold of the ledger. */
  async function awake(): Promise<Running[]> {
    const rows = await sql`select case_id from cases where status = 'open'`
    return Promise.all(rows.map((row) => found(String(row['caseId']))))
  }

  async function found(caseId: string): Promise<Running> {
    const known = running.get(caseWorkflowId(caseId))
    if (known) return known
    const ledger = await loadLedger(sql, ring, caseId)
    const settings = await newestSettings(sql)
    if (!ledger || !settings || ledger.head.seq === 0) throw new WorkflowNotFoundError('gone', caseId, undefined)
    const state = fold(caseId, ledger.entries)
    const hashes = Object.values(state.runs).map(({ procedure }) => procedure.hash)
    const shelf = Object.fromEntries((await proceduresByHash(sql, hashes)).map((one) => [one.hash, one]))
    const { head, incarnation } = ledger
    const commitmentKey = await commitmentKeyOf(sql, ring, caseId)
    return run({ caseId, engine: 1, incarnation, commitmentKey, settings, state, head, shelf, spreadMs: 0 })
  }

  async function act({ live, recorder }: Running, action: Action): Promise<ActAnswer> {
    const replayed = live.state.actions[action.id] !== undefined
    const outcome = await live.perform(action)
    if (outcome.kind === 'refused') {
      const details = [outcome.refusal]
      throw new WorkflowUpdateFailedError('refused', ApplicationFailure.create({ type: 'refused', details }))
    }
    await recorder.until(live.state.seq)
    return { fromSeq: outcome.fromSeq, toSeq: outcome.toSeq, replayed }
  }

  const idOf = (workflowId: string): string => workflowId.slice(caseWorkflowId('').length)
  const temporal = {
    connection: { withDeadline: <T>(_deadline: number, ask: () => Promise<T>) => ask() },
    withAbortSignal: <T>(_signal: AbortSignal, ask: () => Promise<T>) => ask(),
    workflowService: { getSystemInfo: () => Promise.resolve({}) },
    workflow: {
      getHandle: (workflowId: string) => ({
        executeUpdate: async (_update: unknown, { args }: { args: [Action] }) =>
          act(await found(idOf(workflowId)), args[0]),
        query: async () => {
          const { live, recorder } = await found(idOf(workflowId))
          return { state: live.state, inFlight: recorder.inFlight, stopped: recorder.stopped }
        },
        getUpdateHandle: () => ({
          result: () => Promise.reject(new WorkflowNotFoundError('gone', workflowId, undefined)),
        }),
      }),
      executeUpdateWithStart: (
        _update: unknown,
        given: { args: [Action]; startWorkflowOperation: { options: { args: [CaseInput] } } },
      ) => act(run(given.startWorkflowOperation.options.args[0]), given.args[0]),
      /** A handover, all at once. */
      start: async (_type: string, { workflowId }: { workflowId: string }) => {
        const move = moveWork({ sql, ring, temporal: temporal as unknown as Client })
        const part = { handover: workflowId, way: 'over', limit: 20 } as const
        await new MockActivityEnvironment().run(async () => {
          while ((await move(part)).left > 0);
        })
      },
    },
  }
  return {
    temporal: temporal as unknown as Client,
    async wakeAt() {
      const instants = (await awake()).flatMap(({ live }) => live.wakeAt() ?? [])
      return instants.length === 0 ? null : Math.min(...instants)
    },
    async passTime() {
      for (const { live, recorder } of await awake()) {
        await live.passTime()
        await recorder.until(live.state.seq)
      }
    },
  }
}
