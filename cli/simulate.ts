/** `segin simulate`: a country's returns, lived on the pure core, and what became of them. */

import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { command } from './command.ts'
import { ConfigurationWrong } from './configuration.ts'
import { asFile } from '../simulation/file.ts'
import { groundOf } from '../simulation/ground.ts'
import { report } from '../simulation/report.ts'
import { type Plan, simulate } from '../simulation/run.ts'
import { type Language, wordsIn } from '../simulation/words.ts'

export const simulateCommand = command(
  {
    name: 'simulate',
    says: 'Lives the returns of a country on the core alone, and says what became of them.',
    options: {
      returns: {
        type: 'string',
        value: 'N',
        default: '1550',
        says: 'people who return within the months, one case each (1550)',
      },
      months: {
        type: 'string',
        value: 'N',
        default: '24',
        says: 'how long it lasts (24); people come from the first day to the last',
      },
      seed: { type: 'string', value: 'N', default: '7', says: 'the same seed gives the same lives (7)' },
      from: { type: 'string', value: 'DAY', default: '2026-12-01', says: 'the first day (2026-12-01)' },
      out: {
        type: 'string',
        value: 'FILE',
        says: 'also write every figure to FILE: .json, or .csv with one figure a line',
      },
      procedures: {
        type: 'string',
        value: 'FOLDER',
        default: 'procedures/ml',
        says: 'the folder of the country (procedures/ml); its simulation.yaml says how people behave',
      },
      processors: {
        type: 'string',
        value: 'N',
        default: String(availableParallelism()),
        says: 'how many to use (all); changes nothing but the time it takes',
      },
      lang: { type: 'string', value: 'fr|en', default: 'fr', says: 'the language of the report (fr)' },
    },
  },
  async ({ values }, out) => {
    const language = languageOf(values.lang)
    const plan: Plan = {
      folder: values.procedures,
      span: { from: firstDay(values.from), months: whole('months', values.months, 1, 240) },
      returns: whole('returns', values.returns, 1, 5_000_000),
      seed: whole('seed', values.seed, 0, 2 ** 31 - 1),
    }
    if (values.out !== undefined && !/\.(json|csv)$/.test(values.out))
      throw new ConfigurationWrong(`--out ${values.out}: the name ends with .json or .csv`)
    const processors = whole('processors', values.processors, 1, 256)
    const ground = await groundOf(plan.folder)
    const words = wordsIn(language)
    const began = performance.now()
    const tally = await simulate(plan, processors)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    for (const line of report(ground, plan, tally, language)) out(line)
    out(`\n${words.took(seconds)}`)
    if (values.out === undefined) return 0
    await writeFile(values.out, asFile(values.out, plan, tally))
    out(words.written(values.out))
    return 0
  },
)

function whole(name: string, text: string, least: number, most: number): number {
  const n = Number(text)
  if (/^\d+$/.test(text) && n >= least && n <= most) return n
  throw new ConfigurationWrong(`--${name} ${text}: a whole number from ${least} to ${most}`)
}
function firstDay(text: string): number {
  const at = Date.parse(`${text}T00:00:00Z`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at)) return at
  throw new ConfigurationWrong(`--from ${text}: a day like 2026-12-01`)
}
function languageOf(text: string): Language {
  if (text === 'fr' || text === 'en') return text
  throw new ConfigurationWrong(`--lang ${text}: fr or en`)
}
