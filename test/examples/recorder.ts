/** Listens to what a client asks and is answered, and keeps the first good answer and the first refusal of each operation. */

import type { Body, Json } from '../../cli/journey/client.ts'

export interface Example {
  request?: Json
  status: number
  answer: Json
  /** The first refusal, as problem. */
  refused?: Json
}
export type Examples = Record<string, Example>
interface Described {
  paths: Record<string, Record<string, { operationId: string }>>
}

/** Longer ones teach nothing more. */
const MOST_ROWS = 2
const MOST_LETTERS = 6_000

export class Recorder {
  private readonly kept: Record<string, Partial<Example>> = {}
  private readonly routes: { method: string; pattern: RegExp; id: string; fixed: number }[]

  constructor({ paths }: Described) {
    this.routes = Object.entries(paths)
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { operationId: id }]) => ({
          method: method.toUpperCase(),
          pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
          id,
          fixed: -path.split('{').length,
        })),
      )
      .toSorted((one, other) => other.fixed - one.fixed)
  }

  /** A `fetch` that listens. */
  listening(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      const response = await fetch(input, init)
      const url = new URL(input instanceof Request ? input.url : input)
      const text = await response.clone().text()
      const json = /json/.test(response.headers.get('content-type') ?? '')
      if (json) this.hear(init?.method ?? 'GET', url.pathname, init?.body, response.status, JSON.parse(text) as Json)
      return response
    }
  }

  private hear(method: string, path: string, sent: unknown, status: number, answer: Json): void {
    const id = this.routes.find((one) => one.method === method && one.pattern.test(path))?.id
    if (id === undefined) return
    const example = (this.kept[id] ??= {})
    if (status >= 400) {
      if (status !== 401) example.refused ??= shortened(answer)
    } else if (example.answer === undefined) {
      if (typeof sent === 'string') example.request = shortened(JSON.parse(sent) as Json)
      example.status = status
      example.answer = shortened(answer)
    }
  }

  /** Sorted, so that a new recording differs only in what it says. */
  heard(): Examples {
    const good = Object.entries(this.kept).filter((one): one is [string, Example] => one[1].answer !== undefined)
    const short = good.filter(([, one]) => JSON.stringify(one).length <= MOST_LETTERS)
    return Object.fromEntries(short.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
}

/** Without secrets, and with the first rows of each list only. */
function shortened(value: Json): Json {
  if (Array.isArray(value)) return value.slice(0, MOST_ROWS).map(shortened)
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? withoutSecret(value) : value
  return Object.fromEntries(
    Object.entries(value as Body).map(([name, one]) => [name, name === 'secret' ? '…' : shortened(one)]),
  )
}
const withoutSecret = (text: string): string =>
  text.replaceAll(/sgt_[\w-]+/g, 'sgt_…').replaceAll(/\/r\/[\w-]{8,}/g, '/r/…')
