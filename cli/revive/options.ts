import { parseArgs } from 'node:util'
import { z } from 'zod'
import { ConfigurationWrong } from '../configuration.ts'

export const HELP = `segin revive [OPTIONS]   begin the workflows of cases again from the ledger

Without --run it only says what it would do.

  --run                  do it; cut short, run it again and it goes on
  --all                  also the cases that are well
  --discard              also the cases whose workflow knows what the ledger does not: that knowledge is lost
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

export function reviveOptions(args: string[]): ReviveOptions {
  try {
    const text = { type: 'string' } as const
    const flag = { type: 'boolean' } as const
    const { values } = parseArgs({
      args,
      options: {
        run: flag,
        all: flag,
        discard: flag,
        case: text,
        place: text,
        'opened-before': text,
        'data-dir': text,
        help: flag,
      },
    })
    return options.parse(values)
  } catch {
    throw new ConfigurationWrong(HELP)
  }
}
