/** A word of its own in every personal field, failures everywhere: afterwards each is found sealed, and none in clear. */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRing } from '../../cli/configuration.ts'
import { assemble } from '../../journeys/telling/cast.ts'
import { Story } from '../../journeys/telling/story.ts'
import { told } from '../../journeys/telling/tell.ts'
import type { SignIn } from '../../cli/start/first-run.ts'
import { ownerOf } from '../../local/postgres.ts'
import { databaseHome } from '../../local/postgres-programs.ts'
import { connect } from '../../database/connect.ts'
import { remembered, run, type Started } from '../cli/started.ts'
import { leaksIn } from '../journeys/canaries.ts'
import { JOURNEYS } from '../../journeys/index.ts'
import { freePort } from '../postgres.ts'
import {
  badRequests,
  databaseErrors,
  killedInTheMiddle,
  mailRefused,
  poisonedTask,
  type Scene,
} from './canaries/failures.ts'
import { Planted, PlantingWorld } from './canaries/planting.ts'
import { openedIn } from './opened.ts'

const UNKNOWN_MEMBER = 'bad request, member'
const STORIES = ['death', 'child']
const planted = new Planted()
const answers: string[] = []
let folder: string
let installation: Started
let scene: Scene
let number = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segin-canaries-'))
  installation = run(['start', '--data-dir', folder, '--port', String(await freePort())])
  await installation.says('To try:')
  const { ports } = await remembered(folder)
  const base = `http://127.0.0.1:${ports.api}`
  const server = new URL(ownerOf(ports.postgres, await readFile(join(folder, 'keys', 'database-owner'), 'utf8')))
  server.pathname = '/segin'
  const owner = connect(server.href, { as: 'owner', max: 1 })
  scene = { folder, base, token: await signedIn(base), owner, planted, answers }
})
afterAll(async () => {
  await scene.owner.end()
  installation.child.kill('SIGTERM')
  await installation.ended()
  await rm(folder, { recursive: true, force: true })
})

async function signedIn(base: string): Promise<string> {
  const all = JSON.parse(await readFile(join(folder, 'sign-ins.json'), 'utf8')) as SignIn[]
  const { login, secret } = all.find((one) => one.login === 'mariam.doumbia')!
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: login, secret }),
  }
  return String(((await (await fetch(`${base}/api/v1/tokens`, init)).json()) as { token: string }).token)
}
const opened = async (): Promise<string> =>
  openedIn({ sql: scene.owner, ring: await readRing(join(folder, 'keys'), 'master') })

describe('planted', () => {
  it.each(STORIES)(
    'in everything personal that a story tells: %s',
    async (name) => {
      const journey = JOURNEYS.find((one) => one.name === name)
      const world = new PlantingWorld(await assemble(folder), new Story(() => {}))
      world.planted = planted
      if (journey) await told(journey, world)
      expect(journey).toBeDefined()
    },
    300_000,
  )

  it('in every failure that we know how to provoke', async () => {
    const [row] = await scene.owner<{ number: string }[]>`
      select number from cases where status = 'open' and subject = 'case' and centre = 'senou' limit 1`
    number = String(row?.number)
    await badRequests(scene, number)
    await databaseErrors(scene, number)
    await poisonedTask(scene)
    await killedInTheMiddle(scene, number)
    await mailRefused(scene)
    console.log(`${planted.words.size} words in ${planted.places().length} places, ${answers.length} refusals`)
    expect(answers.length).toBeGreaterThan(25)
    // The database did refuse, and said so in its own log, with the row that it would not take.
    expect(answers.some((one) => /^50[03]/.test(one))).toBe(true)
    expect(await readFile(join(folder, 'log', 'postgres.log'), 'utf8')).toContain('violates check constraint "refused"')
    expect(planted.places().length).toBeGreaterThan(60)
  })
})

describe('found', () => {
  it('sealed, with the keys at hand: what was recorded is really there', async () => {
    const all = await opened()
    const kept = [...planted.words].filter(([word]) => all.includes(word))
    const lost = [...planted.words].filter(
      ([word, where]) =>
        !all.includes(word) && !/^(?:bad request|refused|database error|poisoned|\w+ killed)/.test(where),
    )
    expect(lost).toEqual([])
    expect(kept.length).toBeGreaterThan(50)
  })
  it('in no refusal, but for the name of a member that we do not know, and in no figure', async () => {
    const { ports } = await remembered(folder)
    const metrics = await (await fetch(`http://127.0.0.1:${ports.metrics}/metrics`)).text()
    expect(metrics).toContain('segin')
    const leaks = [...planted.words].filter(
      ([word, where]) =>
        metrics.includes(word) || (where !== UNKNOWN_MEMBER && answers.some((text) => text.includes(word))),
    )
    expect(leaks).toEqual([])
  })
  it('in no file of the installation: database, engine, logs, mail, names', async () => {
    const home = await databaseHome(folder, () => {})
    await scene.owner`checkpoint`
    const words = [...planted.words.keys()]
    const leaks = [...(await leaksIn(folder, words)), ...(home.startsWith(folder) ? [] : await leaksIn(home, words))]
    expect(leaks.map(({ file, canary, as }) => `${planted.words.get(canary)} in ${file} as ${as}`)).toEqual([])
  })
})

it('a closed case is erased by one command, and its words can be opened no more', async () => {
  const [row] = await scene.owner<{ number: string }[]>`
    select number from cases where status = 'closed' and subject = 'case' limit 1`
  const closed = String(row?.number)
  const before = wordsIn(await opened())
  const erased = run(['erase', closed, '--run', '--data-dir', folder])
  expect([await erased.ended(), erased.said()]).toEqual([0, expect.stringContaining(`${closed}: erased.`)])
  const after = wordsIn(await opened())
  expect(after.length).toBeLessThan(before.length)
  expect(await readFile(join(folder, 'keys', 'erasures.jsonl'), 'utf8')).toContain(closed)
})
const wordsIn = (text: string): string[] => [...planted.words.keys()].filter((word) => text.includes(word))
