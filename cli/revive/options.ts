import { z } from 'zod'
import { DATA_DIR, type parsed } from '../command.ts'
import { ConfigurationWrong } from '../configuration.ts'

export const USAGE = {
  name: 'revive',
  says: `Begins the workflows of cases again from the ledger. Without --run it only says what it would do.`,
  options: {
    run: { type: 'boolean', default: false, says: 'do it; cut short, run it again and it goes on' },
    all: { type: 'boolean', default: false, says: 'also the cases that are well' },
    discard: {
      type: 'boolean',
      default: false,
      says: 'do not write again what a workflow knows and the ledger does not: that knowledge is lost',
    },
    case: { type: 'string', value: 'NUMBER', says: 'this case only' },
    place: { type: 'string', value: 'PLACE', says: 'cases of this place and of all under it' },
    'opened-before': { type: 'string', value: 'DATE', says: 'cases opened before this day' },
    ...DATA_DIR,
  },
} as const

export type ReviveOptions = ReturnType<typeof parsed<typeof USAGE.options>>['values']

export function reviveOptions(values: ReviveOptions): ReviveOptions {
  const before = values['opened-before']
  if (before !== undefined && !z.iso.date().safeParse(before).success)
    throw new ConfigurationWrong(`--opened-before ${before}: a day like 2026-12-01`)
  return values
}
