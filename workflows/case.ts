/** One case, or one arrival: the durable shell. What happens is decided in `cases/`; here is when. */

import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow'
import type { Action } from '../cases/actions.ts'
import { openingOf } from '../cases/arrival-row.ts'
import type { RecordAnswer, RecordBatch } from '../cases/batch.ts'
import { NEWEST_ENGINE } from '../cases/engines.ts'
import type { Entry } from '../cases/events.ts'
import { overviewOf } from '../cases/overview.ts'
import type { Refusal } from '../cases/refusals.ts'
import type { CaseState } from '../cases/state.ts'
import type { CompiledProcedure } from '../procedures/language/compiled.ts'
import type { Settings } from '../procedures/language/settings.ts'
import { LiveCase } from './live-case.ts'
import {
  type ActAnswer,
  actUpdate,
  type CaseInput,
  caseStateQuery,
  disownedQuery,
  keptQuery,
  settingsSignal,
  settleSignal,
  takenSettingsQuery,
  type WantedCase,
} from './messages.ts'
import { Recorder } from './recorder.ts'
import { Rest } from './rest.ts'
import { spreadOf } from './spread.ts'

interface CaseActivities {
  recordCaseEvents(batch: RecordBatch): Promise<RecordAnswer>
  lookUpProcedures(ids: string[]): Promise<CompiledProcedure[]>
  openCases(wanted: WantedCase[]): Promise<void>
}
/** What a killed worker had in hand is tried again after this: a step waits no longer, and a retry does no harm. */
const activities = proxyActivities<CaseActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
})
/** Within the task that a timer began: half the work of the server (decision 11). One short try, no more. */
const inTask = proxyLocalActivities<Pick<CaseActivities, 'recordCaseEvents'>>({
  startToCloseTimeout: '3 seconds',
  retry: { maximumAttempts: 1 },
})
/** Only what time decides may run ahead of the workflow; what people do is recorded once their act is durable. */
async function record(batch: RecordBatch, timely: boolean): Promise<RecordAnswer> {
  if (!timely) return activities.recordCaseEvents(batch)
  try {
    return await inTask.recordCaseEvents(batch)
  } catch {
    return activities.recordCaseEvents(batch)
  }
}

export async function caseWorkflow(input: CaseInput): Promise<void> {
  if (input.engine > NEWEST_ENGINE)
    throw new Error(`This worker knows engine ${NEWEST_ENGINE}; the case asks for ${input.engine}`)
  const recorder = new Recorder(input, record)
  const wanted: WantedCase[] = [...(input.wanted ?? [])]
  const live = new LiveCase(input, activities.lookUpProcedures, (state, entries, timely) => {
    recorder.add(state, entries, timely)
    wanted.push(...casesWanted(state, entries))
  })
  live.revive(input.incarnation)
  let declared: Settings | null = null
  let engine = input.engine
  let working = false
  const idle = (): boolean =>
    recorder.inFlight === 0 && wanted.length === 0 && declared === null && !working && allHandlersFinished()
  const rest = new Rest(input.maxHistory, idle, () => live.state.status === 'closed')

  setHandler(actUpdate, act, { validator: validate })
  setHandler(settingsSignal, (settings) => void (declared = settings))
  setHandler(settleSignal, (newest) => {
    engine = Math.max(engine, Math.min(newest.engine, NEWEST_ENGINE))
    rest.ask()
  })
  setHandler(caseStateQuery, () => ({
    state: live.state,
    overview: overviewOf(live.state, { settings: live.settings }),
    head: recorder.head,
    inFlight: recorder.inFlight,
    stopped: recorder.stopped,
  }))
  setHandler(disownedQuery, (asked) => {
    const sure = recorder.stopped === null && allHandlersFinished()
    return { acts: sure ? asked.filter((id) => !live.knows(id)) : [], seq: recorder.head.seq }
  })
  setHandler(takenSettingsQuery, () => live.settings)
  setHandler(keptQuery, (after) => recorder.kept.filter(({ sealed }) => sealed.entry.seq > after))

  const opened = await condition(() => live.state.status !== 'new', '1 minute')
  if (!opened) return
  await Promise.race([recorder.keep(() => live.settings), keepTime(), openWanted(), rest.until()])
  if (recorder.stopped !== null) {
    await condition(allHandlersFinished)
    if (recorder.stopped === 'superseded') return
    // Visible to the operator, and the queue of entries is not lost: the workflow stays, refusing new actions.
    await condition(() => false)
  }
  if (live.state.status === 'closed') return
  const { caseId, incarnation, commitmentKey, spreadMs, maxHistory } = input
  const { state, settings, shelf } = live
  const carried = { caseId, incarnation, commitmentKey, spreadMs, ...(maxHistory === undefined ? {} : { maxHistory }) }
  await continueAsNew<typeof caseWorkflow>({ ...carried, engine, settings, state, head: recorder.head, shelf })

  function validate(action: Action): void {
    if (recorder.stopped !== null) throw stoppedFailure(recorder.stopped)
    if (Date.now() > action.notAfter) throw ApplicationFailure.create({ type: 'too_late', nonRetryable: true })
    const refusal = live.refusalOf(action)
    if (refusal) throw refusedFailure(refusal)
  }

  async function act(action: Action): Promise<ActAnswer> {
    const replayed = live.state.actions[action.id] !== undefined
    const outcome = await live.perform(action)
    if (outcome.kind === 'refused') throw refusedFailure(outcome.refusal)
    const { fromSeq, toSeq } = outcome
    if (!(await recorder.until(toSeq))) throw stoppedFailure(recorder.stopped ?? 'conflict')
    if (action.act.act === 'add_people') await condition(() => wanted.length === 0)
    rest.answered()
    return { fromSeq, toSeq, replayed }
  }

  /** One timer for the whole case, touched only when the earliest instant moves. */
  async function keepTime(): Promise<void> {
    if (input.engine > live.state.engine) {
      working = true
      await live.takeEngine(input.engine)
      working = false
    }
    while (!rest.taken) {
      const armed = live.wakeAt()
      const moved = (): boolean => declared !== null || live.wakeAt() !== armed
      if (armed === null) await condition(moved)
      else await condition(moved, Math.max(1, armed - live.now() + spreadOf(input.caseId, input.spreadMs)))
      if (rest.taken) return
      working = true
      const settings: Settings | null = declared
      declared = null
      if (settings) await live.takeSettings(settings)
      else await live.passTime()
      working = false
    }
  }

  async function openWanted(): Promise<void> {
    for (;;) {
      await condition(() => wanted.length > 0)
      const rows = wanted.slice(0, 10)
      await activities.openCases(rows)
      wanted.splice(0, rows.length)
    }
  }

  function casesWanted(state: CaseState, entries: Entry[]): WantedCase[] {
    return entries.flatMap((entry) => {
      const opening = openingOf(state, entry)
      return opening ? [{ ...opening, arrival: state.number }] : []
    })
  }
}

const refusedFailure = (refusal: Refusal): ApplicationFailure =>
  ApplicationFailure.create({ type: 'refused', message: refusal.code, details: [refusal], nonRetryable: true })
const stoppedFailure = (why: string): ApplicationFailure =>
  ApplicationFailure.create({ type: 'record_stopped', message: why, nonRetryable: true })
