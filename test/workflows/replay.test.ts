/**
 * Histories that older workers wrote still replay, and the states they led to are the same: replay alone compares the
 * shape of commands, not their values. Write a new pair with `RECORD=engine-N npx vitest run test/workflows/replay.test.ts`.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import proto from '@temporalio/proto'
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { canonicalJson } from '../../cases/canonical.ts'
import type { Entry } from '../../cases/events.ts'
import { fold } from '../../cases/evolve/index.ts'
import type { CaseState } from '../../cases/state.ts'
import { SealingCodec } from '../../worker/codec.ts'
import { bundleWorkflows, failureConverterPath } from '../../worker/host.ts'
import { caseWorkflowId } from '../../workflows/messages.ts'
import { quieten, startInstallation, type TestInstallation } from '../installation.ts'
import { action, AGENT, complete, entriesOf, HEAD, itemOf, note, open, send } from './acting.ts'

const FOLDER = join(import.meta.dirname, 'histories')
const { History } = proto.temporal.api.history.v1
const recordAs = process.env['RECORD']
interface Recorded {
  workflowId: string
  key: string
  /** Base64 of the protobuf; its payloads are sealed with `key`, made for this recording alone. */
  history: string
  entries: Entry[]
  state: CaseState
}
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))
let bundle: WorkflowBundleWithSourceMap
beforeAll(async () => {
  quieten()
  bundle = (await bundleWorkflows()) as WorkflowBundleWithSourceMap
})

describe.each(files)('%s', (file) => {
  const recorded = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recorded
  it('replays with the code of today', async () => {
    const codec = new SealingCodec({ current: 'c1', keys: { c1: Buffer.from(recorded.key, 'base64') } })
    await Worker.runReplayHistory(
      { workflowBundle: bundle, dataConverter: { payloadCodecs: [codec], failureConverterPath } },
      History.decode(Buffer.from(recorded.history, 'base64')),
      recorded.workflowId,
    )
  })
  it('leads to the same state, to the last value', () => {
    expect(canonicalJson(fold(recorded.state.id, recorded.entries))).toBe(canonicalJson(recorded.state))
  })
})

describe('a history of today', () => {
  let here: TestInstallation
  beforeAll(async () => {
    here = await startInstallation(inject('postgres'))
    await here.work()
  })
  afterAll(() => here.end())

  it('can be recorded, and replays', async () => {
    const one = await open(here)
    const triage = complete(await itemOf(here, one, 'triage'), 'ours', {
      priority: Object.keys(here.country.lists['priority_group'] ?? {})[0] ?? '',
    })
    await send(here, one, action(triage, AGENT))
    const admission = {
      ...complete(await itemOf(here, one, 'admission'), 'done', { bed: true, meals: true }),
      evidence: { signed_slip: [{ paper: 'd' }] },
    }
    await send(here, one, action(admission as typeof triage, HEAD))
    await send(here, one, note())
    const workflowId = caseWorkflowId(one.caseId)
    const history = await here.temporal.workflow.getHandle(workflowId).fetchHistory()
    await Worker.runReplayHistory(
      {
        workflowBundle: bundle,
        dataConverter: { payloadCodecs: [new SealingCodec(here.codecRing)], failureConverterPath },
      },
      history,
      workflowId,
    )
    if (recordAs === undefined || existsSync(join(FOLDER, `${recordAs}.json`))) return
    const entries = await entriesOf(here, one)
    const recorded: Recorded = {
      workflowId,
      key: Buffer.from(here.codecRing.keys['c1'] ?? []).toString('base64'),
      history: Buffer.from(History.encode(history).finish()).toString('base64'),
      entries,
      state: fold(one.caseId, entries),
    }
    writeFileSync(join(FOLDER, `${recordAs}.json`), `${JSON.stringify(recorded)}\n`)
  })
})
