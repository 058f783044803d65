/**
 * Histories that older workers wrote still replay, and what was asked then is decided today as it was then, to the last
 * value: replay alone compares the shape of commands. Write a new pair with `RECORD=engine-N npx vitest run test/workflows/replay.test.ts`.
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import proto from '@temporalio/proto'
import { Worker } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { canonicalJson } from '../../cases/canonical.ts'
import { decide } from '../../cases/decide.ts'
import { fold } from '../../cases/evolve/index.ts'
import { publishProcedure } from '../../database/queries/procedures.ts'
import type { Moment } from '../../procedures/language/compiled.ts'
import { SealingCodec } from '../../worker/codec.ts'
import { failureConverterPath } from '../../worker/host.ts'
import { caseWorkflowId } from '../../workflows/messages.ts'
import { procedure, task, term, within } from '../cases/build.ts'
import { hold } from '../cases/life.ts'
import { workflowBundle } from '../workflow-bundle.ts'
import { quieten, startInstallation, type TestInstallation } from '../installation.ts'
import { action, AGENT, complete, entriesOf, HEAD, itemOf, note, open, send } from './acting.ts'
import { codecOf, decidedAgain, historyOf, type Recorded } from './recorded.ts'

const FOLDER = join(import.meta.dirname, 'histories')
const { History } = proto.temporal.api.history.v1
const recordAs = process.env['RECORD']
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))
let bundle: { code: string }
beforeAll(async () => {
  quieten()
  bundle = await workflowBundle()
})

function replayed(recorded: Recorded, workflowBundle: { code: string }): Promise<void> {
  const dataConverter = { payloadCodecs: [codecOf(recorded)], failureConverterPath }
  return Worker.runReplayHistory({ workflowBundle, dataConverter }, historyOf(recorded), recorded.workflowId)
}

describe.each(files)('%s', (file) => {
  const recorded = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recorded
  it('replays with the code of today', () => replayed(recorded, bundle))
  it('is decided today as it was then, to the last value', async () => {
    const again = await decidedAgain(recorded)
    expect(canonicalJson(again)).toBe(canonicalJson(recorded.entries))
    expect(canonicalJson(fold(recorded.state.id, again))).toBe(canonicalJson(recorded.state))
  })
  it('replays under a careless change of its last act too, which only the decisions betray', async () => {
    const careless: typeof decide = (state, action, world) => {
      const decision = decide(state, action, world)
      const last = decision.kind === 'events' ? decision.entries.at(-1) : undefined
      if (decision.kind !== 'events' || last?.event.kind !== 'noted') return decision
      return { ...decision, entries: [...decision.entries, { ...last, seq: last.seq + 1 }] }
    }
    expect(canonicalJson(await decidedAgain(recorded, careless))).not.toBe(canonicalJson(recorded.entries))
    // The same change in the code that the workflow runs: one note is two entries.
    const changed = bundle.code.replace(/\(0,[^)]*emit\)\(draft, \{\s*kind: 'noted',[^}]*\}\)/, '$&;$&')
    expect(changed).not.toBe(bundle.code)
    await replayed(recorded, { code: changed })
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
    // With a reminder, and a step that waits for its day, which engines place differently.
    const remind: Moment[] = [{ terms: [term(-2, 'working_days')], anchor: { kind: 'due' } }]
    const visit = task('visit', { due: within(10, 'working_days'), remind })
    const review = task('review', { after: ['visit'], opens: within(7, 'days') })
    const reminded = procedure('t-reminded', [visit, review], { inputs: [] })
    await publishProcedure(here.db.sql, reminded, {})
    const begin = { act: 'begin_procedure', procedure: 't-reminded', answers: {}, personal: {}, absent: {} } as const
    await send(here, one, action(begin, hold('case_manager')))
    // Ended out of turn, which engines remember differently.
    const step = await itemOf(here, one, 'visit')
    const ending = { outcome: 'done', answers: {}, personal: {}, absent: {}, evidence: {}, reason: 'digest' }
    await send(here, one, action({ act: 'override_step', step, ...ending }, hold('supervisor')))
    await send(here, one, action({ act: 'countersign', step }, hold('regional_coordinator')))
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
