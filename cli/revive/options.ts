import { z } from 'zod'
import { ConfigurationWrong } from '../configuration.ts'
import { optionsOf } from '../options.ts'

export const HELP = `segin revive [OPTIONS]   begin the workflows of cases again from the ledger

Without --run it only says what it would do.

  --run                  do it; cut short, run it again and it goes on
  --all                  also the cases that are well
  --discard              do not write again what a workflow knows and the ledger does not: that knowledge is lost
  --case NUMBER          this case only
  --place PLACE          cases of this place and of all under it
  --opened-before DATE   cases opened before this day
  --data-dir FOLDER      of an installation made by \`segin start\` (default: the environment, else .data)`

const options = z.object({
  run: z.boolean().default(false),
  all: z.boolean().default(false),
  discard: z.boolean().default(false),
  case: z.string().optional(),
  place: z.string().optional(),
  'opened-before': z.iso.date().optional(),
  'data-dir': z.string().optional(),
  help: z.boolean().default(false),
})
export type ReviveOptions = z.infer<typeof options>

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

export function reviveOptions(args: string[]): ReviveOptions {
  const more = { case: text, place: text, 'opened-before': text, 'data-dir': text }
  const { values } = optionsOf(args, { run: flag, all: flag, discard: flag, help: flag, ...more }, HELP)
  const parsed = options.safeParse(values)
  if (!parsed.success) throw new ConfigurationWrong(HELP)
  return parsed.data
}
