/** One act over HTTP on a line that fails: doubled, given up half-way, sent again with the same key until it is final. */

import { setTimeout as pause } from 'node:timers/promises'
import type { Body } from '../../client/person.ts'
import type { Dice } from '../../simulation/dice.ts'

export interface Caller {
  base: string
  token: string
}
/** `recorded` was answered with a 2xx; `refused` with a 4xx; `failed` says that nothing was recorded; `never` is a bug. */
export interface Final {
  kind: 'recorded' | 'refused' | 'failed' | 'never'
  /** How the client learned of it: at once, or from the receipt of a 202. */
  from: 'answer' | 'receipt'
  status: number
  body: Body
}
/** How often a request is given up half-way, and how often it is sent twice at once; whether its client waits when asked to. */
export interface Line {
  givesUp: number
  doubles: number
  listens: boolean
}
export const BAD_LINE: Line = { givesUp: 1 / 5, doubles: 1 / 4, listens: false }
export const GOOD_LINE: Line = { givesUp: 0, doubles: 0, listens: true }
const PATIENCE_MS = 180_000
const AGAIN_MS = 300

export async function ask(
  caller: Caller,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; body: Body }> {
  const headers = { authorization: `Bearer ${caller.token}`, 'content-type': 'application/json', ...init.headers }
  const response = await fetch(new URL(path, caller.base), { signal: AbortSignal.timeout(30_000), ...init, headers })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Body) }
}

export async function insist(
  caller: Caller,
  path: string,
  body: Body,
  key: string,
  dice: Dice,
  line: Line,
): Promise<Final> {
  const post = (signal?: AbortSignal) =>
    ask(caller, path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'idempotency-key': key },
      ...(signal === undefined ? {} : { signal }),
    }).catch(() => null)
  if (dice.happens(line.givesUp)) await post(AbortSignal.timeout(1 + dice.upTo(400)))
  let wait = AGAIN_MS
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(wait)) {
    const [answer] = dice.happens(line.doubles) ? await Promise.all([post(), later(dice, post)]) : [await post()]
    wait = (line.listens && askedToWait(answer?.body)) || AGAIN_MS
    if (answer === null || answer.status >= 500 || answer.status === 429) continue
    if (answer.status === 202 && typeof answer.body['href'] === 'string')
      return followed(caller, answer.body['href'], end)
    return { kind: answer.status < 300 ? 'recorded' : 'refused', from: 'answer', ...answer }
  }
  return { kind: 'never', from: 'answer', status: 0, body: {} }
}

/** Whoever is busy says when to come back: many who do not listen keep it busy for ever. */
function askedToWait(body: Body | undefined): number | null {
  const seconds = (body?.['retry'] as Body | undefined)?.['after_seconds']
  return typeof seconds === 'number' ? seconds * 1000 : null
}

async function later<T>(dice: Dice, work: () => Promise<T>): Promise<T> {
  await pause(dice.upTo(300))
  return work()
}

async function followed(caller: Caller, href: string, end: number): Promise<Final> {
  for (; Date.now() < end; await pause(500)) {
    const answer = await ask(caller, href, { headers: { prefer: 'wait=5' } }).catch(() => null)
    const became = answer?.status === 200 ? answer.body['status'] : null
    if (answer && (became === 'recorded' || became === 'refused' || became === 'failed'))
      return { kind: became, from: 'receipt', ...answer }
  }
  return { kind: 'never', from: 'receipt', status: 0, body: {} }
}
