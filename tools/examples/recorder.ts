/** Listens to what a client asks and is answered, and keeps one good answer and the first refusal of each operation. */

import type { Body, Json } from '../../client/person.ts'

export interface Example {
  /** Of the good answer; of the refusal where nothing else was ever answered. */
  request?: Json
  status?: number
  /** Absent where a good answer has no body. */
  answer?: Json
  /** The first refusal, as problem. */
  refused?: Json
}
interface Heard extends Example {
  worth: number
}
export type Examples = Record<string, Example>
interface Spoken {
  method: string
  url: URL
  sent: Json | undefined
  status: number
  answer?: Json
}
interface Described {
  paths: Record<string, Record<string, { operationId: string }>>
}

/** Longer ones teach nothing more. */
const MOST_ROWS = 2
const MOST_LETTERS = 6_000
/** A later answer that is worth more takes the place of an earlier one. */
const WORTH = { refusal: 0, preview: 1, nothing: 2, full: 3 } as const

export class Recorder {
  private readonly kept: Record<string, Heard> = {}
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
      const spoken = { method: init?.method ?? 'GET', url, sent: asJson(init?.body), status: response.status }
      const json = /json/.test(response.headers.get('content-type') ?? '')
      if (json) this.hear({ ...spoken, answer: shortened(JSON.parse(await response.clone().text()) as Json) })
      else if (response.status === 204) this.hear(spoken)
      return response
    }
  }

  private hear({ method, url, sent, status, answer }: Spoken): void {
    const id = this.routes.find((one) => one.method === method && one.pattern.test(url.pathname))?.id
    if (id === undefined || status === 401 || JSON.stringify(answer ?? null).length > MOST_LETTERS) return
    const example = (this.kept[id] ??= { worth: -1 })
    const request = sent === undefined ? {} : { request: sent }
    if (status >= 400 && answer !== undefined) example.refused ??= answer
    const worth = status >= 400 ? WORTH.refusal : worthOf(url, answer)
    if (worth <= example.worth) return
    const { refused } = example
    const good = status >= 400 || answer === undefined ? {} : { status, answer }
    this.kept[id] = { worth, ...request, ...good, ...(refused === undefined ? {} : { refused }) }
  }

  /** Sorted, so that a new recording differs only in what it says. */
  heard(): Examples {
    const told = Object.entries(this.kept).filter(([, one]) => one.request !== undefined || one.answer !== undefined)
    return Object.fromEntries(
      told.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, { worth: _worth, ...example }]) => [id, example]),
    )
  }
}

const asJson = (sent: unknown): Json | undefined =>
  typeof sent === 'string' ? shortened(JSON.parse(sent) as Json) : undefined

function worthOf(url: URL, answer: Json | undefined): number {
  if (url.searchParams.get('preview') === 'true') return WORTH.preview
  if (answer === undefined) return WORTH.nothing
  const items = typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? answer['items'] : null
  return Array.isArray(items) && items.length === 0 ? WORTH.nothing : WORTH.full
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
