/** `segin erase`: makes everything about a person unreadable for ever, and keeps the proof that nothing else changed. */

import { join } from 'node:path'
import { normalNumber } from '../../cases/number.ts'
import { command, DATA_DIR, UsageWrong } from '../command.ts'
import { stand } from '../process.ts'
import { surroundings } from '../surroundings.ts'
import { eraseAgain, erasePerson } from './erase.ts'

export const erase = command(
  {
    name: 'erase',
    forms: ['CASE', '--again'],
    words: [0, 1],
    says: `Destroys the keys of a closed case and of those that were merged into it: nobody can read again what they sealed, in
the ledger and beside it. The chain of the ledger stays, and \`segin verify\` still passes.`,
    options: {
      run: { type: 'boolean', default: false, says: 'do it; without it only what would be done is said' },
      again: {
        type: 'boolean',
        default: false,
        says: 'erase once more what the log names, after an older copy of the database was restored',
      },
      log: {
        type: 'string',
        value: 'FILE',
        says: 'where erasures are noted, outside the database (default: erasures.jsonl in the folder of keys)',
      },
      ...DATA_DIR,
    },
  },
  async ({ values, words: [typed] }, out) => {
    if (typed === undefined && !values.again) throw new UsageWrong('CASE is missing')
    const standing = await stand('erase', await surroundings(values['data-dir']))
    const log = values.log ?? join(standing.settings.SEGIN_KEYS, 'erasures.jsonl')
    try {
      if (values.again || typed === undefined) return await eraseAgain(standing, log, out)
      return await erasePerson(standing, normalNumber(typed) ?? typed, values.run, log, out)
    } finally {
      await standing.close()
    }
  },
)
