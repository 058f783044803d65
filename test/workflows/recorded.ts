/** A recorded history read back: what was asked of the case, when, and what the code of today decides about it. */

import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import proto from '@temporalio/proto'
import type { Action } from '../../cases/actions.ts'
import { decide } from '../../cases/decide.ts'
import type { Entry } from '../../cases/events.ts'
import { evolve, newCase } from '../../cases/evolve/index.ts'
import type { CaseState } from '../../cases/state.ts'
import { wake } from '../../cases/wake.ts'
import type { World } from '../../cases/world.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import { SealingCodec } from '../../worker/codec.ts'
import type { CaseInput } from '../../workflows/messages.ts'

const { History } = proto.temporal.api.history.v1

export interface Recorded {
  workflowId: string
  key: string
  /** Base64 of the protobuf; its payloads are sealed with `key`, made for this recording alone. */
  history: string
  entries: Entry[]
  state: CaseState
}
export const codecOf = ({ key }: Recorded): SealingCodec =>
  new SealingCodec({ current: 'c1', keys: { c1: Buffer.from(key, 'base64') } })
export const historyOf = ({ history }: Recorded): proto.temporal.api.history.v1.IHistory =>
  History.decode(Buffer.from(history, 'base64'))

/** The entries that the recorded acts lead to, each decided at the instant at which it was recorded. */
export async function decidedAgain(recorded: Recorded, deciding: typeof decide = decide): Promise<Entry[]> {
  const { input, actions, procedures } = await askedIn(recorded)
  const shelf = Object.fromEntries(procedures.map((one) => [one.hash, one]))
  const published = Object.fromEntries(procedures.map((one) => [one.id, one.hash]))
  const entries: Entry[] = []
  let state: CaseState = { ...newCase(input.caseId), engine: input.engine }
  for (const action of actions) {
    const now = recorded.entries.find((entry) => entry.action === action.id)?.recorded ?? 0
    const world: World = { now, settings: input.settings, shelf, published }
    for (const decision of [() => wake(state, world), () => deciding(state, action, world), () => wake(state, world)]) {
      const decided = decision()
      if (decided.kind !== 'events') throw new Error(`unexpected ${decided.kind}`)
      entries.push(...decided.entries)
      state = decided.entries.reduce(evolve, state)
    }
  }
  return entries
}

async function askedIn(
  recorded: Recorded,
): Promise<{ input: CaseInput; actions: Action[]; procedures: CompiledProcedure[] }> {
  const codec = codecOf(recorded)
  const context = { type: 'workflow', namespace: 'default', workflowId: recorded.workflowId } as const
  const read = async (payloads: Payload[] | null | undefined): Promise<unknown[]> =>
    (await codec.decode(payloads ?? [], context)).map((one) => defaultPayloadConverter.fromPayload(one))
  const actions: unknown[] = []
  const procedures: unknown[] = []
  let input: unknown
  for (const event of historyOf(recorded).events ?? []) {
    const started = event.workflowExecutionStartedEventAttributes
    const update = event.workflowExecutionUpdateAcceptedEventAttributes
    const activity = event.activityTaskCompletedEventAttributes
    if (started) [input] = await read(started.input?.payloads)
    if (update) actions.push(...(await read(update.acceptedRequest?.input?.args?.payloads)))
    // Of the activities only the look-up answers with a list.
    if (activity) procedures.push(...(await read(activity.result?.payloads)).filter((one) => Array.isArray(one)).flat())
  }
  return { input: input as CaseInput, actions: actions as Action[], procedures: procedures as CompiledProcedure[] }
}
