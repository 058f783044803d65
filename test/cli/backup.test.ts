/** An installation copied while people work in it, lost with its engine, put back, and at work again. */

import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownerOf } from '../../local/postgres.ts'
import { connect } from '../../database/connect.ts'
import { freePort } from '../postgres.ts'
import { type Agent, agentOf } from './agent.ts'
import { remembered, run, type Started } from './started.ts'

const READY = 'Ctrl-C stops everything'
let home: string
let folder: string
let port: number
let started: Started

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'segin-backup-'))
  folder = join(home, 'data')
  port = await freePort()
  await begin(folder)
})
afterAll(async () => {
  await stop()
  await rm(home, { recursive: true, force: true })
})

async function begin(dataDir: string): Promise<void> {
  started = run(['start', '--data-dir', dataDir, '--port', String(port)])
  await started.says(READY)
}
async function stop(): Promise<void> {
  started.child.kill('SIGINT')
  await started.ended()
}
const segin = async (...args: string[]): Promise<{ code: number | null; said: string }> => {
  const one = run(args)
  return { code: await one.ended(), said: one.said() }
}

let agent: Agent

describe('an installation', () => {
  let number: string
  const copy = () => join(home, 'copy')

  it('is copied while people work, without a key and without the engine', async () => {
    agent = await agentOf(folder, port)
    number = await agent.opened('Awa Diarra')
    const others: string[] = []
    const over = new AbortController()
    const work = (async () => {
      while (!over.signal.aborted) others.push(await agent.opened('Awa Diarra'))
    })()
    const { code, said } = await segin('backup', copy(), '--data-dir', folder)
    over.abort()
    await work
    expect(code, said).toBe(0)
    expect(others.length).toBeGreaterThan(0)
    expect((await readdir(copy())).toSorted()).toEqual(['backup.json', 'postgres'])
    const names = await readdir(copy(), { recursive: true })
    expect(names.filter((name) => /master|codec|engine/.test(name))).toEqual([])
    expect((await segin('backup', copy(), '--data-dir', folder)).code).toBe(1)
  })

  it('is not put back while it runs, nor where its keys are missing', async () => {
    expect((await segin('restore', copy(), '--data-dir', folder)).said).toContain('Stop the installation')
    expect((await segin('restore', copy(), '--data-dir', join(home, 'elsewhere'))).said).toContain('has no keys')
  })

  it('lost whole, it is put back with the copy of its keys; its cases go on in a new engine', async () => {
    await stop()
    await rename(folder, join(home, 'lost'))
    const keys = join(home, 'lost', 'keys')
    const { code, said } = await segin('restore', copy(), '--data-dir', folder, '--keys', keys)
    expect(code, said).toBe(0)
    await writeFile(join(folder, 'sign-ins.json'), await readFile(join(home, 'lost', 'sign-ins.json')), { mode: 0o600 })
    await begin(folder)
    expect(started.said()).toContain('its cases lived in another engine (none)')
    expect(started.said()).toContain('Each of them has written to the ledger')
    agent = await agentOf(folder, port)
    await agent.noted(number)
    expect((await segin('verify', '--data-dir', folder)).said).toContain('all as they were written')
    expect((await segin('rebuild', '--check', '--data-dir', folder)).said).toContain('all as their ledgers say')
  })

  it('written by another version of the engine, it goes on in a new file: nothing is refused', async () => {
    await stop()
    const state = await remembered(folder)
    const version = state.wrote.temporal
    const before = { ...state, wrote: { ...state.wrote, temporal: '0.0.1' } }
    await writeFile(join(folder, 'state.json'), JSON.stringify(before), { mode: 0o600 })
    await rename(join(folder, `engine-${version}.db`), join(folder, 'engine-0.0.1.db'))
    for (const name of await readdir(folder)) if (/-(?:wal|shm)$/.test(name)) await rm(join(folder, name))
    await begin(folder)
    expect(started.said()).toContain(`its cases lived in another engine (0.0.1); they go on in this one (${version})`)
    await agent.noted(number)
    expect((await remembered(folder)).wrote.temporal).toBe(version)
  })

  it('whose database turns out to be one of service is not opened: nobody practises on people', async () => {
    const { ports } = await remembered(folder)
    const password = await readFile(join(folder, 'keys', 'database-owner'), 'utf8')
    const owner = connect(ownerOf(ports.postgres, password).replace(/postgres$/, 'segin'), { as: 'owner', max: 1 })
    await owner`update installation set kind = 'service'`
    await owner.end()
    await stop()
    const again = run(['start', '--data-dir', folder, '--port', String(port)])
    expect(await again.ended()).toBe(1)
    expect(again.said()).toContain('never opened for training')
  })
})
