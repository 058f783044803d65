/** `npm run chaos [-- --kills 300 --seed 1 --cases 20 --hands 6]`: a whole installation, killed again and again at work. */

import { parseArgs } from 'node:util'
import { chaos } from './chaos.ts'

const number = (preset: string) => ({ type: 'string', default: preset }) as const
const { values } = parseArgs({
  options: {
    kills: number('300'),
    seed: number('1'),
    cases: number('20'),
    hands: number('6'),
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log('npm run chaos [-- --kills 300 --seed 1 --cases 20 --hands 6]   about 20 minutes for 300 kills')
} else {
  const outcome = await chaos({
    kills: Number(values.kills),
    seed: Number(values.seed),
    cases: Number(values.cases),
    hands: Number(values.hands),
    say: (line) => console.log(line),
  })
  console.log(JSON.stringify(outcome, null, 2))
  process.exitCode = outcome.broken.length === 0 ? 0 : 1
}
