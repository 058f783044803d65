/** `segin erase`: makes everything about a person unreadable for ever, and keeps the proof that nothing else changed. */

import { join } from 'node:path'
import { normalNumber } from '../../cases/number.ts'
import { optionsOf } from '../options.ts'
import { stand } from '../process.ts'
import { surroundings } from '../surroundings.ts'
import { eraseAgain, erasePerson } from './erase.ts'

const HELP = `segin erase CASE [--run] [--log FILE] [--data-dir FOLDER]
segin erase --again [--log FILE] [--data-dir FOLDER]

  Destroys the keys of a closed case and of those that were merged into it: whatever they sealed, in the ledger and
  beside it, cannot be read again by anybody. The chain of the ledger stays, and \`segin verify\` still passes.

  --run        do it; without it only what would be done is said
  --again      erase once more what the log names, after an older copy of the database was restored
  --log        where erasures are noted, outside the database (default: erasures.jsonl in the folder of keys)
  --data-dir   of an installation made by \`segin start\` (default: the environment, else .data)`

export async function erase(args: string[], out: (line: string) => void): Promise<number> {
  const options = {
    run: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    log: { type: 'string' },
    'data-dir': { type: 'string' },
    help: { type: 'boolean' },
  } as const
  const { values, positionals } = optionsOf(args, options, HELP)
  const [typed] = positionals
  if (values.help === true || (typed === undefined && !values.again)) {
    out(HELP)
    return values.help === true ? 0 : 2
  }
  const standing = await stand('erase', await surroundings(values['data-dir']))
  const log = values.log ?? join(standing.settings.SEGIN_KEYS, 'erasures.jsonl')
  try {
    if (values.again || typed === undefined) return await eraseAgain(standing, log, out)
    return await erasePerson(standing, normalNumber(typed) ?? typed, values.run, log, out)
  } finally {
    await standing.close()
  }
}
