/** `npm run examples`: tells journeys, looks at every screen, and keeps what was answered for the description of the API. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { assemble } from '../../journeys/telling/cast.ts'
import { type Body, overHttp, Person } from '../../client/person.ts'
import { journey } from '../../cli/journey.ts'
import { Story } from '../../journeys/telling/story.ts'
import { StoryWorld } from '../../journeys/telling/world.ts'
import type { SignIn } from '../../cli/start/first-run.ts'
import { remembered, run } from '../../test/cli/started.ts'
import { freePort } from '../../test/postgres.ts'
import { arrivalAtTheDesk } from './arrival.ts'
import { fileAtTheDesk } from './file.ts'
import { handOf } from './hand.ts'
import { type Desk, hourAtTheDesk } from './hour.ts'
import { Recorder } from './recorder.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const WRITTEN = join(ROOT, 'api/openapi/examples.json')
const DOCUMENT = join(ROOT, 'docs/openapi.json')
/** Between them they hand over, begin and lift a batch, and extend a clock. */
const TOLD = ['return', 'agent-leaves', 'freeze', 'unclaimed']
/** Who looks where the journeys do not. */
const EYES = ['boubacar.dembele', 'mariam.doumbia', 'ibrahim.toure', 'assitan.diakite', 'pont.donnees']

const document = JSON.parse(await readFile(DOCUMENT, 'utf8')) as ConstructorParameters<typeof Recorder>[0]
const folder = join(await mkdtemp(join(tmpdir(), 'segin-examples-')), 'data')
const installation = run(['start', '--data-dir', folder, '--port', String(await freePort())])
try {
  await installation.says('To try:')
  const recorder = new Recorder(document)
  globalThis.fetch = recorder.listening(globalThis.fetch)
  const { ports } = await remembered(folder)
  const base = `http://127.0.0.1:${ports.api}`
  const people = await desk(base)
  await hourAtTheDesk(people)
  const world = new StoryWorld(await assemble(folder), new Story(console.log))
  await world.lookAtDate()
  await arrivalAtTheDesk(world, people.coordinator)
  await fileAtTheDesk(world, await handOf(base, 'fatoumata.coulibaly', await secretOf('fatoumata.coulibaly')))
  const code = await journey([...TOLD, '--data-dir', folder], (line) => console.log(line))
  if (code !== 0) throw new Error('the journeys did not come to their end')
  await lookAround(base, String((recorder.heard()['declareDayOff']?.answer as Body | undefined)?.['id']))
  const examples = recorder.heard()
  await writeFile(WRITTEN, `${JSON.stringify(examples, null, 2)}\n`)
  console.log(`${Object.keys(examples).length} operations have an example.`)
} finally {
  installation.child.kill('SIGTERM')
  await installation.ended()
  await rm(join(folder, '..'), { recursive: true, force: true })
}

async function secretOf(login: string): Promise<string> {
  const signIns = JSON.parse(await readFile(join(folder, 'sign-ins.json'), 'utf8')) as SignIn[]
  return signIns.find((one) => one.login === login)?.secret ?? ''
}

async function desk(base: string): Promise<Desk> {
  const person = async (login: string): Promise<Person> => Person.signIn(overHttp(base), login, await secretOf(login))
  const [agent, head] = [await person('boubacar.dembele'), await person('modibo.sangare')]
  const [supervisor, coordinator] = [await person('mariam.doumbia'), await person('seydou.ba')]
  const [national, focal] = [await person('ibrahim.toure'), await person('oumou.sacko')]
  return { agent, head, supervisor, coordinator, national, focal }
}

/** Everything that can be read without knowing more than a case, an arrival, an item and a broadcast. */
async function lookAround(base: string, broadcast: string): Promise<void> {
  for (const login of EYES) {
    const person = await Person.signIn(overHttp(base), login, await secretOf(login))
    const first = async (path: string, member: string): Promise<string> => {
      const [row] = ((await person.get(path))['items'] ?? []) as Body[]
      return String(row?.[member] ?? 'none')
    }
    const known: Record<string, string> = {
      case: await first('/api/v1/cases', 'number'),
      arrival: await first('/api/v1/arrivals', 'id'),
      item: await first('/api/v1/work?scope=places', 'id'),
      broadcast,
      list: 'transport',
      procedure: 'ml-freeze',
      version: '1',
    }
    for (const [path, methods] of Object.entries(document.paths)) {
      const asked = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => known[name] ?? 'none')
      if ('get' in methods) await person.get(asked).catch(() => null)
    }
  }
}
