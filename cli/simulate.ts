/** `segin simulate`: a country's returns, lived on the pure core, and what became of them. */

import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { ConfigurationWrong } from './configuration.ts'
import { optionsOf } from './options.ts'
import { asFile } from '../simulation/file.ts'
import { groundOf } from '../simulation/ground.ts'
import { report } from '../simulation/report.ts'
import { type Plan, simulate } from '../simulation/run.ts'
import { type Language, wordsIn } from '../simulation/words.ts'

const HELP = `segin simulate [--returns 1550] [--months 24] [--seed 7] [--from 2026-12-01] [--out FILE]

  --returns      people who return within the months, one case each
  --months       how long it lasts; people come from the first day to the last
  --seed         the same seed gives the same lives
  --from         the first day
  --out          also write every figure to FILE: .json, or .csv with one figure a line
  --procedures   the folder of the country (procedures/ml); its simulation.yaml says how people behave
  --processors   how many to use (all); changes nothing but the time it takes
  --lang         fr or en`

export async function simulateCommand(args: string[], out: (line: string) => void): Promise<number> {
  const { values } = optionsOf(
    args,
    {
      returns: { type: 'string', default: '1550' },
      months: { type: 'string', default: '24' },
      seed: { type: 'string', default: '7' },
      from: { type: 'string', default: '2026-12-01' },
      out: { type: 'string' },
      procedures: { type: 'string', default: 'procedures/ml' },
      processors: { type: 'string', default: String(availableParallelism()) },
      lang: { type: 'string', default: 'fr' },
      help: { type: 'boolean' },
    } as const,
    HELP,
  )
  if (values.help === true) {
    out(HELP)
    return 0
  }
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
}

function whole(name: string, text: string, least: number, most: number): number {
  const n = Number(text)
  if (/^\d+$/.test(text) && n >= least && n <= most) return n
  throw new ConfigurationWrong(`--${name} ${text}: a whole number from ${least} to ${most}\n\n${HELP}`)
}
function firstDay(text: string): number {
  const at = Date.parse(`${text}T00:00:00Z`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at)) return at
  throw new ConfigurationWrong(`--from ${text}: a day like 2026-12-01\n\n${HELP}`)
}
function languageOf(text: string): Language {
  if (text === 'fr' || text === 'en') return text
  throw new ConfigurationWrong(`--lang ${text}: fr or en`)
}
