/** What may be typed after a command of the desk. */

import { parsed, UsageWrong } from '../command.ts'
import { type DeskCommand, usageOf } from './usages.ts'
import type { Language } from './words.ts'

export interface DeskOptions {
  /** What stands without a name: a user, a case, a work item. */
  named: string[]
  url?: string
  language: Language
  json: boolean
  outcome?: string
  answers: Map<string, string>
  absent: Map<string, string>
  papers: Map<string, string>
  happened?: string
  via?: string
  place?: string
  limit?: string
}

/** `field=value`, the value as it stands. */
const pairs = (given: string[]): Map<string, string> =>
  new Map(
    given.map((one): [string, string] => {
      const at = one.indexOf('=')
      if (at < 1) throw new UsageWrong(`${one}: field=value`)
      return [one.slice(0, at), one.slice(at + 1)]
    }),
  )

export function deskOptions(name: DeskCommand, args: string[]): DeskOptions {
  const { values, words } = parsed(usageOf(name), args)
  const { lang, answer, absent, paper, ...more } = values
  return {
    ...more,
    named: words,
    language: lang === 'en' ? 'en' : 'fr',
    answers: pairs(answer),
    absent: pairs(absent),
    papers: pairs(paper),
  }
}
