/** The keys of an installation changed while its cases are open: real servers, and every command as a process of its own. */

import { randomBytes, hkdfSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRing } from '../../cli/configuration.ts'
import { readRingFile } from '../../cli/keys/ring-file.ts'
import { temporalClient } from '../../cli/temporal-client.ts'
import { surroundings } from '../../cli/surroundings.ts'
import { connect } from '../../database/connect.ts'
import { derivedKey, type KeyRing } from '../../database/keys.ts'
import { wrappedUnder } from '../../database/rewrap.ts'
import { freePort } from '../postgres.ts'
import { type Agent, agentOf } from './agent.ts'
import { run, type Started, until } from './started.ts'

const READY = 'Ctrl-C stops everything'
let home: string
let folder: string
let port: number
let started: Started
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'segin-keys-'))
  folder = join(home, 'data')
  port = await freePort()
  await begin()
  agent = await agentOf(folder, port)
  number = await agent.opened('Awa Ancienne')
})
afterAll(async () => {
  await stop()
  await rm(home, { recursive: true, force: true })
})

async function begin(): Promise<void> {
  started = run(['start', '--data-dir', folder, '--port', String(port)])
  await started.says(READY)
}
async function stop(): Promise<void> {
  started.child.kill('SIGINT')
  await started.ended()
}
async function restart(): Promise<void> {
  await stop()
  await begin()
}
const rotate = async (...args: string[]): Promise<{ code: number | null; said: string }> => {
  const one = run(['keys', 'rotate', ...args, '--data-dir', folder])
  return { code: await one.ended(), said: one.said() }
}
const keysIn = async (name: 'master' | 'codec'): Promise<string[]> =>
  Object.keys((await readRingFile(join(folder, 'keys'), name)).keys)

let agent: Agent
let number: string
const nameIn = async (one: string) => ((await agent.asked('GET', `/cases/${one}`))['person'] as { name?: string }).name
const found = async (name: string) =>
  JSON.stringify(await agent.asked('POST', '/cases/search', { name, birth: '1994' }))

async function underMaster(): Promise<Record<string, number>> {
  const sql = connect(String((await surroundings(folder))['SEGIN_DATABASE_URL']), { max: 1 })
  return Object.fromEntries(await wrappedUnder(sql).finally(() => sql.end()))
}
/** What the end of retention does: every run that has ended is forgotten. The engine looks about twice a minute. */
async function forgetEnded(): Promise<void> {
  const { TEMPORAL_ADDRESS: address = '' } = await surroundings(folder)
  const temporal = await temporalClient(address, 'default', await readRing(join(folder, 'keys'), 'codec'))
  const ended = async () => {
    const all = []
    for await (const { workflowId, runId, status } of temporal.workflow.list())
      if (status.name !== 'RUNNING') all.push({ workflowId, runId })
    return all
  }
  const executions = await ended()
  for (const workflowExecution of executions)
    await temporal.workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution })
  for (const { workflowId, runId } of executions) {
    const gone = () =>
      temporal.workflow
        .getHandle(workflowId, runId)
        .fetchHistory()
        .then(
          () => false,
          () => true,
        )
    await until(gone)
  }
  await temporal.connection.close()
}

describe('a rotation with open cases', () => {
  it('says what comes first, and changes nothing out of turn', async () => {
    const early = await rotate('activate')
    expect(early).toMatchObject({ code: 1, said: expect.stringContaining('`segin keys rotate add` comes first') })
    expect((await rotate('turn')).said).toContain('No step is called turn')
    expect((await rotate('add', '--ring', 'other')).code).toBe(1)
    expect([await keysIn('master'), await keysIn('codec')]).toEqual([['master-1'], ['codec-1']])
  })

  it('adds keys that seal nothing yet', async () => {
    expect((await rotate('add')).said).toContain('master-2 added; master-1 still seals')
    expect((await rotate('add')).said).toContain('master-2 waits already')
    await restart()
    await agent.noted(number)
    expect(Object.keys(await underMaster())).toEqual(['master-1'])
  })

  it('goes over to them: what is old is read, what is new is sealed anew', async () => {
    expect((await rotate('activate')).code).toBe(0)
    await restart()
    const newer = await agent.opened('Bintou Nouvelle')
    expect(await nameIn(number)).toBe('Awa Ancienne')
    expect(await nameIn(newer)).toBe('Bintou Nouvelle')
    expect(await found('Awa Ancienne')).toContain(number)
    await agent.noted(number)
    const told = await rotate()
    expect(told.said).toMatch(/master-1 +opens; keys of cases sealed with it: 2/)
    expect(told.said).toMatch(/master-2 +seals and opens; keys of cases sealed with it: 2/)
  })

  it('keeps an old key while anything needs it', async () => {
    expect((await rotate('retire', '--ring', 'master')).said).toContain('master-1 is still needed by 2 keys of cases')
    expect((await rotate('retire', '--ring', 'codec')).said).toMatch(/codec-1 is still needed by \d+ histories/)
    expect(await keysIn('master')).toEqual(['master-1', 'master-2'])
  })

  it('seals the keys of all cases anew, and open cases carry nothing of the old key on', async () => {
    const settled = await rotate('settle')
    expect(settled).toMatchObject({ code: 0, said: expect.stringContaining('2 of 2 open cases have begun anew') })
    expect(await underMaster()).toEqual({ 'master-2': 4 })
    await agent.noted(number)
  })

  it('retires the old ones after the end of retention, and work goes on without them', async () => {
    expect((await rotate('retire')).said).toContain('then the end of its retention')
    await forgetEnded()
    expect(await rotate('retire')).toMatchObject({ code: 0, said: expect.stringContaining('codec-1 retired') })
    expect([await keysIn('master'), await keysIn('codec')]).toEqual([['master-2'], ['codec-2']])
    await restart()
    expect(await nameIn(number)).toBe('Awa Ancienne')
    expect(await found('Awa Ancienne')).toContain(number)
    await agent.noted(number)
    const live = await agent.asked('GET', `/cases/${number}/live`)
    expect(live['agrees']).toBe(true)
    const checked = run(['verify', '--data-dir', folder])
    expect([await checked.ended(), checked.said()]).toEqual([0, expect.stringContaining('all as they were written')])
  })
})

it('what is derived from the first key is the same when that key is gone', () => {
  const first = randomBytes(32)
  const before: KeyRing = { current: 'master-1', keys: { 'master-1': first } }
  const expected = Buffer.from(hkdfSync('sha256', first, '', 'marks', 32))
  expect(derivedKey(before, 'marks')).toEqual(expected)
})
