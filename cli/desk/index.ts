/** `segin work`, `show`, `complete` …: the acts of a person at a terminal, over HTTP only. */

import { type Asker, terminal } from './ask.ts'
import { Away, DeskClient, Refused } from './client.ts'
import { complete } from './complete.ts'
import { helpAsked, type Say, UsageWrong } from '../command.ts'
import { type DeskOptions, deskOptions } from './options.ts'
import { forgetSession, keepSession, readSession } from './session.ts'
import { caseLines, doneLines, explainLines, itemLines, problemLines, workLines } from './show.ts'
import { type DeskCommand, usageOf } from './usages.ts'
import { type Words, wordsIn } from './words.ts'

const DEFAULT_URL = 'http://127.0.0.1:7777'

interface Sitting {
  client: DeskClient
  options: DeskOptions
  words: Words
  asker: Asker
  /** The answer as lines for people, or as it came. */
  tell: (answer: object, lines: string[]) => void
}

class NotSignedIn extends Error {
  readonly code = 'not_signed_in'
}

/** The first word after the command. */
const subjectOf = ({ options }: Sitting): string => options.named[0] ?? ''
const list = (path: '/api/v1/work' | '/api/v1/overdue') => async (sitting: Sitting) => {
  const { client, options, words, tell } = sitting
  const asked = Object.entries({ place: options.place, limit: options.limit }).filter(
    ([, value]) => value !== undefined,
  )
  const query = new URLSearchParams(Object.fromEntries(asked) as Record<string, string>).toString()
  const found = await client.get(path, {}, query)
  tell(found, workLines(found, words))
}

const COMMANDS: Record<Exclude<DeskCommand, 'sign-in' | 'sign-out'>, (sitting: Sitting) => Promise<void>> = {
  work: list('/api/v1/work'),
  overdue: list('/api/v1/overdue'),
  async show(sitting) {
    const { client, words, tell } = sitting
    const subject = subjectOf(sitting)
    if (subject.split('.').length > 2) {
      const item = await client.get('/api/v1/work/{item}', { item: subject })
      return tell(item, itemLines(item, words))
    }
    const found = await client.get('/api/v1/cases/{case}', { case: subject })
    tell(found, caseLines(found, words))
  },
  async explain(sitting) {
    const { client, words, tell } = sitting
    const why = await client.get('/api/v1/cases/{case}/explain', { case: subjectOf(sitting) })
    tell(why, explainLines(why, words))
  },
  async complete(sitting) {
    const { client, words, tell } = sitting
    const done = await complete(sitting, await client.get('/api/v1/work/{item}', { item: subjectOf(sitting) }))
    tell(done, doneLines(done, words))
  },
}

async function signIn(options: DeskOptions, words: Words, asker: Asker, say: Say): Promise<void> {
  const [user = ''] = options.named
  const url = options.url ?? (await readSession())?.url ?? DEFAULT_URL
  const secret = (await asker.askSecret(words.secret)) ?? ''
  const { token, token_id } = await new DeskClient(url, null, options.language).signIn(user, secret)
  await keepSession({ url, token, token_id })
  const me = await new DeskClient(url, token, options.language).get('/api/v1/me')
  say(words.signedIn(me.user.label))
}

/** The token is worth nothing afterwards, also where somebody has copied it. */
async function signOut(options: DeskOptions, words: Words, say: Say): Promise<void> {
  const session = await readSession()
  if (session === null) throw new NotSignedIn(words.notSignedIn)
  await forgetSession()
  await new DeskClient(session.url, session.token, options.language).signOut(session.token_id)
  say(words.signedOut)
}

async function sit(name: DeskCommand, options: DeskOptions, words: Words, asker: Asker, say: Say): Promise<void> {
  if (name === 'sign-in') return signIn(options, words, asker, say)
  if (name === 'sign-out') return signOut(options, words, say)
  const session = await readSession()
  if (session === null) throw new NotSignedIn(words.notSignedIn)
  const client = new DeskClient(options.url ?? session.url, session.token, options.language)
  const tell = (answer: object, lines: string[]): void =>
    options.json ? say(JSON.stringify(answer, null, 2)) : lines.forEach(say)
  await COMMANDS[name]({ client, options, words, asker, tell })
}

/** The exit code: 0 done, 1 refused or away, 2 typed wrongly. */
export async function desk(
  name: DeskCommand,
  args: string[],
  say: Say,
  complain: Say,
  asker = terminal,
): Promise<number> {
  const help = helpAsked(usageOf(name), args)
  if (help) {
    help.forEach(say)
    return 0
  }
  let words = wordsIn('fr')
  try {
    const options = deskOptions(name, args)
    words = wordsIn(options.language)
    await sit(name, options, words, asker, say)
    return 0
  } catch (error) {
    if (error instanceof Refused) problemLines(error.status, error.problem, words).forEach(complain)
    else if (error instanceof Away) complain(words.away(error.message))
    else if (error instanceof UsageWrong || error instanceof NotSignedIn) complain(error.message)
    else throw error
    return error instanceof UsageWrong ? 2 : 1
  }
}
