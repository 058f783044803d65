/** The one form of every command: what it takes, its `--help`, and the refusal of what it does not take. */

import { parseArgs } from 'node:util'

export type Language = 'fr' | 'en'
export type Say = (line: string) => void
/** English alone for the operator's commands; both languages at a person's desk. */
type Text = string | Record<Language, string>

interface Option {
  type: 'string' | 'boolean'
  /** What follows the option, as `FOLDER`. */
  value?: string
  says: Text
  default?: string | boolean | string[]
  multiple?: boolean
}
export type Options = Record<string, Option>

export interface Usage<O extends Options> {
  name: string
  /** What follows the name, one way of calling a line; `[FILE]` may be left out. */
  forms?: readonly string[]
  /** The least and the most words without an option; none unless said. */
  words?: readonly [least: number, most: number]
  says: Text
  options: O
  /** Those of `options` that it takes; all unless said. */
  takes?: readonly (keyof O)[]
}

/** The command was called with something that it does not take, or without something that it needs. */
export class UsageWrong extends Error {
  readonly code = 'usage_wrong'
}

export const DATA_DIR = {
  'data-dir': {
    type: 'string',
    value: 'FOLDER',
    says: 'of an installation made by `segin start` (default: the environment, else .data)',
  },
} as const
const HELP = { help: { type: 'boolean', short: 'h', says: { fr: 'ce texte', en: 'this text' } } } as const

/** A command as `main` calls it. */
export function command<const O extends Options>(
  usage: Usage<O>,
  run: (asked: ReturnType<typeof parsed<O>>, out: Say) => Promise<number>,
) {
  return async (args: string[], out: Say): Promise<number> => {
    const help = helpAsked(usage, args)
    if (help) {
      help.forEach(out)
      return 0
    }
    return run(parsed(usage, args), out)
  }
}

/** The lines of `--help`, when they are asked for; nothing else that was typed matters then. */
export function helpAsked<O extends Options>(usage: Usage<O>, args: string[]): string[] | null {
  const { values } = parseArgs({ args, options: HELP, strict: false, allowPositionals: true })
  return values.help === true ? helpLines(usage, languageIn(args)) : null
}
const languageIn = (args: string[]): Language => (/--lang[= ]en\b/.test(args.join(' ')) ? 'en' : 'fr')

/** What was typed; throws `UsageWrong` with what is wrong, and with what the command takes. */
export function parsed<const O extends Options>(usage: Usage<O>, args: string[]) {
  try {
    return taken(usage, args)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown option'
    throw new UsageWrong([why, '', ...helpLines(usage, languageIn(args))].join('\n'))
  }
}

function taken<const O extends Options>({ forms = [], words = [0, 0], options, takes }: Usage<O>, args: string[]) {
  const { values, positionals, tokens } = parseArgs({ args, options, allowPositionals: true, tokens: true })
  const strange = tokens.find((one) => one.kind === 'option' && takes?.includes(one.name) === false)
  if (strange?.kind === 'option') throw new UsageWrong(`Unknown option '${strange.rawName}'`)
  const [least, most] = words
  const needed = (forms[0] ?? '').split(' ')
  if (positionals.length < least) throw new UsageWrong(`${needed[positionals.length]} is missing`)
  if (positionals.length > most) throw new UsageWrong(`'${positionals[most]}' is one word too many`)
  return { values, words: positionals }
}

function helpLines<O extends Options>({ name, forms = [''], says, options, takes }: Usage<O>, asked: Language) {
  const language = typeof says === 'string' ? 'en' : asked
  const told = (text: Text): string => (typeof text === 'string' ? text : text[language])
  const usage = language === 'fr' ? 'Usage :' : 'Usage:'
  const all: [string, Option][] = Object.entries<Option>({ ...options, ...HELP })
  const rows = all
    .filter(([id]) => id in HELP || takes === undefined || takes.includes(id))
    .map(([id, one]) => ({ typed: `--${id}${one.value === undefined ? '' : ` ${one.value}`}`, means: told(one.says) }))
  const width = Math.max(...rows.map(({ typed }) => typed.length)) + 2
  return [
    ...forms.map((form, at) => `${at === 0 ? usage : ' '.repeat(usage.length)} segin ${name} ${form}`.trimEnd()),
    '',
    told(says),
    '',
    ...rows.map(({ typed, means }) => `  ${typed.padEnd(width)}${means}`),
  ]
}
