/** What a simulation assumes of people: `simulation.yaml` of a country, in shares and bounds. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** What the author of a country's folder can put right; the message says how. */
export class AssumptionsWrong extends Error {
  readonly code = 'assumptions_wrong'
}

const share = z.number().min(0).max(1)
const weights = z.record(z.string(), z.number().min(0))
const bounds = z.tuple([z.number(), z.number()])

const shape = z.strictObject({
  opens_with: z.string(),
  /** The role of whoever opens cases and fills what nobody else does. */
  desk: z.string(),
  charters: z.strictObject({ share, least: z.int(), most: z.int(), at: z.string(), hours: bounds }),
  arrives_at: weights,
  goes_home_to: weights,
  managers_a_region: z.int().min(1),
  pace: z.strictObject({
    in_time: share,
    late_days: z.number(),
    forgotten: share,
    forgotten_days: z.number(),
    unclocked_days: z.number(),
    blocked_days: z.number(),
    silent: share,
  }),
  ordinary: share,
  outcomes: z.record(z.string(), weights),
  yes: z.record(z.string(), share),
  days: z.record(z.string(), bounds),
  choices: z.record(z.string(), weights),
  rows: z.record(z.string(), bounds),
  amounts: z.record(z.string(), bounds),
  events: weights,
  gates: z.record(z.string(), z.string()),
})
export type Assumptions = z.infer<typeof shape>

/** @throws AssumptionsWrong when the country has none, or when they are not what they should be. */
export function assumptionsOf(folder: string): Assumptions {
  const file = join(folder, 'simulation.yaml')
  if (!existsSync(file)) throw new AssumptionsWrong(`${file} is missing: it says how people behave in a simulation`)
  const parsed = shape.safeParse(parse(readFileSync(file, 'utf8')))
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new AssumptionsWrong(`${file} is not what a simulation needs:\n${lines.join('\n')}`)
}
