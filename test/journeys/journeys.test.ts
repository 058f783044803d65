import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { assemble, type Stage } from '../../journeys/telling/cast.ts'
import { Person } from '../../client/person.ts'
import { Story } from '../../journeys/telling/story.ts'
import { told } from '../../journeys/telling/tell.ts'
import { shifted, StoryWorld } from '../../journeys/telling/world.ts'
import { remembered, run, type Started } from '../cli/started.ts'
import { freePort } from '../postgres.ts'
import { leaksIn } from './canaries.ts'
import { JOURNEYS } from '../../journeys/index.ts'

const PATIENCE_MS = 300_000
/** Agreements and holidays are known for a while only: after so many months a story begins on a new installation. */
const MONTHS_TOLD = 3

interface Installation extends Started {
  folder: string
  stage: Stage
  /** Where a story that begins later than this would run out of agreements. */
  until: string
}
const installations: Installation[] = []
const dateOf = (stage: Stage): Promise<string> => new StoryWorld(stage, new Story(() => {})).lookAtDate()

async function begin(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'segin-journey-'))
  const started = run(['start', '--data-dir', folder, '--port', String(await freePort())])
  await started.says('To try:')
  const stage = await assemble(folder)
  const installation = { ...started, folder, stage, until: shifted(await dateOf(stage), MONTHS_TOLD, 0) }
  installations.push(installation)
  return installation
}
async function stop({ child, ended }: Started): Promise<void> {
  child.kill('SIGTERM')
  await ended()
}
async function young(): Promise<Installation> {
  const last = installations.at(-1)
  if (last === undefined) return begin()
  if ((await dateOf(last.stage)) <= last.until) return last
  await stop(last)
  return begin()
}
afterAll(async () => {
  for (const one of installations) {
    await stop(one)
    await rm(one.folder, { recursive: true, force: true })
  }
})

describe('told over HTTP, one after another, each by itself to its end', () => {
  it.each(JOURNEYS)(
    '$name: $title',
    async (journey) => {
      const { stage } = await young()
      const lines: string[] = []
      const story = new Story((line) => lines.push(line))
      await told(journey, new StoryWorld(stage, story)).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${lines.slice(-20).join('\n')}`, { cause: error })
      })
      expect(lines.filter((line) => line.includes('✗'))).toEqual([])
      expect(story.end()).toBe(0)
    },
    PATIENCE_MS,
  )
})

/** What the story says of people and on their behalf, and what the bad requests below try to smuggle. */
const CANARIES = [
  'Awa Exemple',
  'Nènè Exemple',
  'Yaya Exemple',
  '+223 70 00 77 0',
  'Noté au dossier',
  'Classeur du service',
  'gestionnaire est en brousse',
  'Date lue sur le laissez-passer',
  'Zinzolin',
]

describe('after years of life and a few bad requests', () => {
  it(
    'nothing personal stands in the clear in any file: database, engine, log, mail, names of files',
    async () => {
      const last = await young()
      const base = `http://127.0.0.1:${(await remembered(last.folder)).ports.api}`
      const signIns = JSON.parse(await readFile(join(last.folder, 'sign-ins.json'), 'utf8')) as {
        login: string
        secret: string
      }[]
      const agent = signIns.find((one) => one.login === 'boubacar.dembele')
      const person = await Person.signIn(base, 'boubacar.dembele', agent?.secret ?? '')
      const opening = { opening: 'ml-reception', place: 'senou' }
      const bad: [string, unknown][] = [
        ['/api/v1/cases', { ...opening, answers: { name: 'Zinzolin', sex: 'Zinzolin', arrived_on: 'Zinzolin' } }],
        ['/api/v1/cases', { ...opening, answers: { name: 'Zinzolin' }, Zinzolin: true }],
        ['/api/v1/cases?name=Zinzolin', { ...opening, answers: {} }],
        ['/api/v1/cases/Zinzolin/actions/add_note', { text: 'Zinzolin' }],
      ]
      for (const [path, body] of bad) await expect(person.post(path, body as never)).rejects.toThrow(/: 4\d\d/)
      await stop(last)
      for (const { folder } of installations) expect(await leaksIn(folder, CANARIES)).toEqual([])
    },
    PATIENCE_MS,
  )
  it('a leak would be found, however it is written', async () => {
    const [{ folder } = { folder: '' }] = installations
    const hidden = { base64: Buffer.from('...Awa Exemple...').toString('base64'), text: 'tel. +223 70 00 77 07' }
    for (const [name, content] of Object.entries(hidden)) await writeFile(join(folder, `leak-${name}`), content)
    const found = await leaksIn(folder, CANARIES)
    expect(found.map(({ canary, as }) => [canary, as])).toEqual([
      ['Awa Exemple', 'base64'],
      ['+223 70 00 77 0', 'text'],
    ])
  })
})
