import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Identity } from '../../local/identity.ts'
import { isAlive } from '../../local/identity.ts'
import type { SignIn } from '../../cli/start/first-run.ts'
import { freePort } from '../postgres.ts'
import { remembered, run, type Started, until } from './started.ts'

const READY = 'Ctrl-C stops everything'

describe('an installation that was started', () => {
  let folder: string
  let port: number
  let started: Started
  const known: Identity[] = []
  const again = async (): Promise<void> => {
    started = run(['start', '--data-dir', folder, '--port', String(port)])
    await started.says(READY)
    known.push(...Object.values((await remembered(folder)).children))
  }
  const signIns = async (): Promise<SignIn[]> =>
    JSON.parse(await readFile(join(folder, 'sign-ins.json'), 'utf8')) as SignIn[]
  const signsIn = async (): Promise<number> => {
    const [first] = await signIns()
    const body = JSON.stringify({ user: first?.login, secret: first?.secret })
    const headers = { 'content-type': 'application/json' }
    return (await fetch(`http://127.0.0.1:${port}/api/v1/tokens`, { method: 'POST', body, headers })).status
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segin-start-'))
    port = await freePort()
    await again()
  })
  afterAll(async () => {
    started.child.kill('SIGINT')
    await started.ended()
    await rm(folder, { recursive: true, force: true })
  })

  it('says where it answers, and a sign-in for every role that works', async () => {
    expect(started.said()).toContain(`http://127.0.0.1:${port}`)
    for (const { roles } of await signIns()) expect(started.said()).toContain(roles[0]!.role)
    expect(await signsIn()).toBeLessThan(300)
  })

  it('keeps keys, sign-ins and state from everybody else', async () => {
    for (const name of ['keys/master.json', 'keys/codec.json', 'keys/database-owner', 'sign-ins.json', 'state.json']) {
      expect((await stat(join(folder, name))).mode & 0o077, name).toBe(0)
    }
  })

  it('is told by a second start, which changes nothing', async () => {
    const second = run(['start', '--data-dir', folder])
    expect(await second.ended()).toBe(0)
    expect(second.said()).toContain(`running already: http://127.0.0.1:${port}`)
    expect(started.child.exitCode).toBeNull()
  })

  it('starts a process again that was killed', async () => {
    const { children } = await remembered(folder)
    for (const name of ['api', 'postgres', 'engine', 'worker', 'mail']) process.kill(children[name]!.pid, 'SIGKILL')
    await until(async () => {
      const now = (await remembered(folder)).children
      const anew = Object.entries(now).filter(([name, one]) => one.pid !== children[name]?.pid)
      known.push(...anew.map(([, one]) => one))
      return anew.length === 5 && (await signsIn()) < 300
    })
  })

  it('killed itself, leaves processes that the next start ends, and goes on with the same data and ports', async () => {
    const before = await remembered(folder)
    started.child.kill('SIGKILL')
    await started.ended()
    expect(await isAlive(before.children['api'])).toBe(true)
    await again()
    expect(started.said()).toContain('stopped api, left over')
    for (const one of Object.values(before.children)) expect(await isAlive(one)).toBe(false)
    expect((await remembered(folder)).ports).toEqual(before.ports)
    expect(await signsIn()).toBeLessThan(300)
  })

  it('stops everything it began, however often it is asked', async () => {
    for (let times = 0; times < 3; times += 1) started.child.kill('SIGINT')
    expect(await started.ended()).toBe(0)
    for (const one of known) expect(await isAlive(one)).toBe(false)
    expect((await remembered(folder)).children).toEqual({})
  })
})

it('says what it takes, and what is wrong with what it was given', async () => {
  const [help, wrong] = [run(['start', '--help']), run(['start', '--port', 'seven'])]
  expect(await help.ended()).toBe(0)
  for (const option of ['--data-dir', '--port', '--reset', '--yes']) expect(help.said()).toContain(option)
  expect(await wrong.ended()).toBe(1)
  expect(wrong.said()).toContain('--port seven')
})
