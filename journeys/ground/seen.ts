/** What somebody is shown of a case, page by page: to be held against the same a moment later. */

import type { Body, Person } from '../../client/person.ts'

/** Page → what stands on it, without when it was asked for, the seals of cursors, and how far the mails of before have come meanwhile. */
export type Seen = Record<string, string>

const told = (answer: unknown): string => JSON.stringify(answer).replaceAll(/"as_of":"[^"]*"|cursor=[\w-]+/g, '')
const items = (answer: Body): Body[] => answer['items'] as Body[]

export async function seen(person: Person, number: string): Promise<Seen> {
  const pages = ['', '/timeline?limit=200', '/clocks', '/explain']
  const whole = await Promise.all(
    pages.map(async (page) => [page, told(await person.get(`/api/v1/cases/${number}${page}`))] as const),
  )
  const notices = items(await person.get(`/api/v1/cases/${number}/notices`))
  const work = items(await person.get('/api/v1/work?limit=200'))
  return {
    ...Object.fromEntries(whole),
    notices: told(notices.map(({ notice, title, due }) => [notice, title, due])),
    work: told(work.filter(({ id }) => String(id).startsWith(`${number}.`))),
  }
}

/** The pages on which something has changed. */
export const changed = (before: Seen, after: Seen): string[] =>
  Object.keys(after).filter((page) => after[page] !== before[page])
