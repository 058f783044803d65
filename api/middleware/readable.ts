/**
 * What no text can hold is refused before anything keeps it: the character zero and halves of characters, which the
 * database takes nowhere. Found in the recorder they would stop a case.
 */

import { createMiddleware } from 'hono/factory'
import type { ApiEnv } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'

/** Cheap, and finds too many: the second look at what was read decides. */
const SUSPECT = /\\u(0000|d[89a-f])/i
/** Read by some as a member and by others as none: nobody may mean it. */
const PROTOTYPE = /"__proto__"\s*:/
/** As `JSON.stringify` writes them, behind an even number of backslashes. */
const UNTEXT = /(?<!\\)(?:\\\\)*\\u(0000|d[89ab][0-9a-f]{2}|d[c-f][0-9a-f]{2})/

const read = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const refuseUntext = createMiddleware<ApiEnv>(async (c, next) => {
  const [path = '', query = ''] = c.req.url.split('?')
  if (path.includes('%00')) throw problem('not_found')
  if (query.includes('%00')) throw problem('unreadable', { detail: UNTEXT_TEXT })
  const type = c.req.header('Content-Type') ?? ''
  const json = type.includes('json')
  if (c.req.method !== 'GET' && (json || type.includes('urlencoded'))) {
    const text = await c.req.text()
    const found = json
      ? PROTOTYPE.test(text) || (SUSPECT.test(text) && UNTEXT.test(JSON.stringify(read(text))))
      : text.includes('%00')
    if (found) throw problem('unreadable', { detail: UNTEXT_TEXT })
  }
  await next()
})

const UNTEXT_TEXT = {
  fr: 'Un texte contient un caractère qui n’en est pas un (zéro, ou la moitié d’un caractère). Retirez-le, puis renvoyez.',
  en: 'A text has a character that is none (zero, or half of one). Take it out, then send again.',
}
