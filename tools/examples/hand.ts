/** A hand that knows every method and sends bytes: for what the people of a story, who only read and post, never do. */

import { randomUUID } from 'node:crypto'
import type { Body } from '../../client/person.ts'

export interface Sent {
  method: string
  path: string
  content?: Body | Buffer
  headers?: Record<string, string>
}
/** What was answered, where it was JSON. */
export type Hand = (sent: Sent) => Promise<Body>

export async function handOf(base: string, user: string, secret: string): Promise<Hand> {
  const ask = async (bearer: string | null, { method, path, content, headers = {} }: Sent): Promise<Body> => {
    const response = await fetch(new URL(path, base), {
      method,
      headers: {
        'accept-language': 'fr',
        'content-type': 'application/json',
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}`, 'idempotency-key': randomUUID() }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: Buffer.isBuffer(content) ? content : JSON.stringify(content) }),
    })
    const json = /json/.test(response.headers.get('content-type') ?? '')
    const said = json ? ((await response.json()) as Body) : {}
    if (response.status >= 500) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(said)}`)
    return said
  }
  const { token } = await ask(null, { method: 'POST', path: '/api/v1/tokens', content: { user, secret } })
  return (sent) => ask(String(token), sent)
}
