/** What one person is answered in two worlds; random ids normalised, and nothing else. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Answer, Person } from '../api/installed-api.ts'
import { type Known, PAGES, RECIPES, SELDOM } from './recipes.ts'
import type { World } from './world.ts'

export const DOCUMENT = resolve(import.meta.dirname, '../../docs/openapi.json')
const MOST_PAGES = 40

export interface Difference {
  login: string
  path: string
  a: string
  b: string
}
export interface Compared {
  answers: number
  differences: Difference[]
}

/** GET routes of the committed document. Throws for one that nobody has written a recipe for. */
export function readingPaths(): string[] {
  const { paths } = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as { paths: Record<string, object> }
  const reading = Object.entries(paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []))
  const missing = reading.filter((path) => RECIPES[path] === undefined)
  if (missing.length > 0) throw new Error(`twin worlds have no recipe for ${missing.join(', ')}`)
  return reading
}

/** Random ids and wall-clock stamps as if they were the same. */
export const normalised = (text: string): string =>
  text
    .replaceAll(/\b(e|ntc|req|lnk|p)-[0-9a-zA-Z_-]{4,32}\b/g, '$1-ID')
    .replaceAll(/"sent":"[^"]+"/g, '"sent":"SENT"')
    .replaceAll(/"took_ms":\d+/g, '"took_ms":0')
    .replaceAll(/cursor=[^"&]+/g, 'cursor=CURSOR')

export const spoken = ({ status, headers, text }: Answer): string => {
  const said = ['content-type', 'cache-control', 'retry-after', 'link', 'location', 'idempotent-replayed', 'allow']
  const heads = said.flatMap((name) => headers.get(name) ?? []).join(' ')
  const tag = headers.get('etag') === null ? 'untagged' : 'tagged'
  return `${status} ${heads} ${tag} ${headers.get('content-length') ?? ''}\n${normalised(text)}`
}

/** A list is read to its end. */
async function pagesOf(person: Person, path: string): Promise<string[]> {
  const pages: string[] = []
  for (let next: string | null = path; next !== null && pages.length < MOST_PAGES;) {
    const answer: Answer = await person.get(next)
    pages.push(spoken(answer))
    const after = answer.status === 200 && /limit=/.test(path) ? answer.body['next'] : null
    next = typeof after === 'string' ? after : null
  }
  return pages
}

export async function compareReading(
  [a, b]: readonly [World, World],
  logins: readonly string[],
  known: Known,
  { seldom, only = /./ }: { seldom: boolean; only?: RegExp },
): Promise<Compared> {
  const paths = readingPaths().flatMap((path) =>
    only.test(path) && (seldom || !SELDOM.test(path))
      ? (RECIPES[path] as NonNullable<(typeof RECIPES)[string]>)(known)
      : [],
  )
  const compared: Compared = { answers: 0, differences: [] }
  for (const login of logins) {
    const [here, there] = [a.person(login), b.person(login)]
    for (const path of [...paths, ...(seldom ? PAGES : [])]) {
      const [one, other] = await Promise.all([pagesOf(here, path), pagesOf(there, path)])
      compared.answers += Math.max(one.length, other.length)
      // Two that fail in the same way say nothing about each other.
      if (JSON.stringify(one) !== JSON.stringify(other) || one.some((page) => page.startsWith('500')))
        compared.differences.push({ login, path, a: one.join('\n'), b: other.join('\n') })
    }
  }
  return compared
}

/** Mails by reader, in the order in which they came. */
export function compareMail([a, b]: readonly [World, World], readers: ReadonlySet<string>): Compared {
  const mails = ({ mails: all }: World) =>
    all
      .map((mail) => ({
        to: [mail.to]
          .flat()
          .flatMap((one) => one?.text ?? [])
          .join(' '),
        mail,
      }))
      .filter(({ to }) => to.split(/[ ,]+/).some((one) => readers.has(one)))
      .map(
        ({ to, mail }) => `${to}\n${mail.subject}\n${String(mail.headers.get('x-segin-notices') ?? '')}\n${mail.text}`,
      )
      .toSorted()
  const [one, other] = [mails(a), mails(b)]
  const only = (all: string[], without: string[]) => all.filter((text) => !without.includes(text)).join('\n---\n')
  const same = JSON.stringify(one) === JSON.stringify(other)
  const differences = same ? [] : [{ login: 'mail', path: 'mail', a: only(one, other), b: only(other, one) }]
  return { answers: Math.max(one.length, other.length), differences }
}
