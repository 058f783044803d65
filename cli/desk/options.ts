/** What may be typed after a command of the desk. */

import { parseArgs } from 'node:util'
import type { Language } from './words.ts'

export interface DeskOptions {
  /** What stands without a name: a user, a case, a work item. */
  named: string[]
  url: string | undefined
  language: Language
  json: boolean
  outcome: string | undefined
  answers: Map<string, string>
  absent: Map<string, string>
  papers: Map<string, string>
  happened: string | undefined
  via: string | undefined
  place: string | undefined
  limit: string | undefined
  help: boolean
}
export class DeskOptionsWrong extends Error {
  readonly code = 'options_wrong'
}

const many = { type: 'string', multiple: true, default: [] as string[] } as const

/** `field=value`, the value as it stands. */
const pairs = (given: string[]): Map<string, string> =>
  new Map(
    given.map((one): [string, string] => {
      const at = one.indexOf('=')
      if (at < 1) throw new DeskOptionsWrong(`${one}: field=value`)
      return [one.slice(0, at), one.slice(at + 1)]
    }),
  )

export function deskOptions(args: string[]): DeskOptions {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        lang: { type: 'string', default: 'fr' },
        json: { type: 'boolean', default: false },
        outcome: { type: 'string' },
        answer: many,
        absent: many,
        paper: many,
        happened: { type: 'string' },
        via: { type: 'string' },
        place: { type: 'string' },
        limit: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return {
      named: positionals,
      url: values.url,
      language: values.lang === 'en' ? 'en' : 'fr',
      json: values.json,
      outcome: values.outcome,
      answers: pairs(values.answer),
      absent: pairs(values.absent),
      papers: pairs(values.paper),
      happened: values.happened,
      via: values.via,
      place: values.place,
      limit: values.limit,
      help: values.help,
    }
  } catch (error) {
    throw error instanceof DeskOptionsWrong ? error : new DeskOptionsWrong((error as Error).message)
  }
}
