/** `npm run journey -- NAME`: one journey over HTTP only, on the running training installation, told as it happens. */

import { resolve } from 'node:path'
import { command } from './command.ts'
import { JOURNEYS } from '../journeys/index.ts'
import { assemble } from '../journeys/telling/cast.ts'
import { Story } from '../journeys/telling/story.ts'
import { told } from '../journeys/telling/tell.ts'
import { StoryWorld } from '../journeys/telling/world.ts'

export const journey = command(
  {
    name: 'journey',
    forms: ['[NAME…]'],
    words: [0, JOURNEYS.length],
    says: `Tells journeys on the running training installation; without a name, one return of about fourteen months.
Every journey opens cases of its own and moves the installation's date forward; start anew with \`npm start -- --reset\`.`,
    options: {
      list: { type: 'boolean', default: false, says: 'the journeys and their titles' },
      'data-dir': {
        type: 'string',
        value: 'FOLDER',
        default: '.data',
        says: "the installation's folder (default .data)",
      },
    },
  },
  async ({ values, words }, out) => {
    const [longOne] = JOURNEYS
    const wanted = words.length === 0 ? [longOne] : JOURNEYS.filter((one) => words.includes(one.name))
    const unknown = words.filter((name) => !JOURNEYS.some((one) => one.name === name))
    if (values.list || unknown.length > 0) {
      for (const one of JOURNEYS) out(`${one.name.padEnd(18)}${one.title}`)
      for (const name of unknown) out(`\nThere is no journey called ${name}.`)
      return unknown.length > 0 ? 2 : 0
    }
    const story = new Story(out)
    const world = new StoryWorld(await assemble(resolve(values['data-dir'])), story)
    for (const one of wanted) await told(one, world)
    return story.end()
  },
)
