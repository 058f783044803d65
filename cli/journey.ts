/** `npm run journey -- NAME`: one journey over HTTP only, on the running training installation, told as it happens. */

import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { JOURNEYS } from '../journeys/index.ts'
import { assemble } from '../journeys/telling/cast.ts'
import { Story } from '../journeys/telling/story.ts'
import { told } from '../journeys/telling/tell.ts'
import { StoryWorld } from '../journeys/telling/world.ts'

const HELP = `npm run journey [-- NAME…] [-- --data-dir FOLDER]   tells journeys on the running training installation

  --list              the journeys and their titles
  --data-dir FOLDER   the installation's folder (default .data)

Without a name it tells one return of about fourteen months. Every journey opens cases of its own and moves the
installation's date forward; start anew with \`npm start -- --reset\`.`

export async function journey(args: string[], out: (line: string) => void): Promise<number> {
  const options = {
    'data-dir': { type: 'string', default: '.data' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [longOne] = JOURNEYS
  const wanted = positionals.length === 0 ? [longOne] : JOURNEYS.filter((one) => positionals.includes(one.name))
  const unknown = positionals.filter((name) => !JOURNEYS.some((one) => one.name === name))
  if (values.help || values.list || unknown.length > 0) {
    if (values.help) out(HELP)
    else for (const one of JOURNEYS) out(`${one.name.padEnd(18)}${one.title}`)
    for (const name of unknown) out(`\nThere is no journey called ${name}.`)
    return unknown.length > 0 ? 2 : 0
  }
  const story = new Story(out)
  const world = new StoryWorld(await assemble(resolve(values['data-dir'])), story)
  for (const one of wanted) await told(one, world)
  return story.end()
}
