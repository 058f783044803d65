/** Stands before the API and listens: how much was asked, what failed, and what was said that this asker must not hear. */

import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { freePort } from '../../test/postgres.ts'

export interface Heard {
  requests: number
  /** Answers with 2xx: what got past every door. */
  done: number
  /** Answers with 5xx. */
  failed: number
  /** `what: METHOD path`. */
  leaks: string[]
}
export interface Listener {
  base: string
  /** Begins a new count; words that none of the answers may hold, whatever they are asked. */
  attend(hidden: string[]): Heard
  end(): void
}

/** How the inside shows: stacks, files, statements, other programs' errors, tokens. */
const INSIDE = {
  stack: /(\n|\\n)\s+at [\w.<>[\] ]+\(/,
  file: /node_modules|file:\/\/\/|\.ts:\d+/,
  statement: /PostgresError|violates [\w-]+ constraint|relation \\?"|\b(insert into|select) .+ (values|from) /i,
  engine: /WorkflowUpdate|gRPC|grpc/,
  system: /\bE(CONN|NOENT|PIPE|ADDR)[A-Z]+\b/,
  token: /\bsg[ts]_[\w-]{40,}/,
}

export async function listenBefore(api: string): Promise<Listener> {
  const { hostname, port } = new URL(api)
  const agent = new Agent({ keepAlive: true })
  let heard: Heard = { requests: 0, done: 0, failed: 0, leaks: [] }
  let hidden: string[] = []
  const passOn = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const { method = 'GET', url: path = '/' } = asked
    const headers = { ...asked.headers, 'accept-encoding': 'identity' }
    const onward = request({ agent, hostname, port, method, path, headers })
    asked.pipe(onward)
    const [told] = (await once(onward, 'response')) as [IncomingMessage]
    const body = await buffer(told)
    const { statusCode: status = 0 } = told
    heard.requests += 1
    if (status < 300) heard.done += 1
    if (status >= 500) heard.failed += 1
    for (const what of leaksIn(body.toString(), hidden)) heard.leaks.push(`${what}: ${method} ${path}`)
    answer.writeHead(status, told.headers).end(body)
  }
  const server = createServer((asked, answer) => {
    passOn(asked, answer).catch(() => answer.destroy())
  })
  const own = await freePort()
  server.listen(own, '127.0.0.1')
  await once(server, 'listening')
  return {
    base: `http://127.0.0.1:${own}`,
    attend(words) {
      hidden = words
      heard = { requests: 0, done: 0, failed: 0, leaks: [] }
      return heard
    },
    end() {
      server.closeAllConnections()
      server.close()
      agent.destroy()
    },
  }
}

/** The description of the API holds an example of much; what it says is the same for everybody. */
export const leaksIn = (text: string, hidden: string[]): string[] => [
  ...hidden.filter((word) => text.includes(word)),
  ...Object.entries(INSIDE).flatMap(([what, pattern]) => (pattern.test(text) ? [what] : [])),
]
