/** One person's way into the API: as a client without any inside knowledge. */

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json }
export type Body = { [member: string]: Json }

/** How the API is reached: over HTTP, or within one process. */
export interface Reach {
  ask: (path: string, init: RequestInit) => Promise<Response>
  /** Lets what is under way go on before the API is asked again; over HTTP, for so many milliseconds. */
  moment: (ms: number) => Promise<void>
}
export const overHttp = (base: string): Reach => ({
  ask: (path, init) => fetch(new URL(path, base), init),
  moment: (ms) => pause(ms),
})

export class UnexpectedAnswer extends Error {
  readonly status: number
  readonly problem: Body
  constructor(what: string, status: number, problem: Body) {
    super(`${what}: ${status} ${JSON.stringify(problem)}`)
    this.status = status
    this.problem = problem
  }
}

export class Person {
  readonly id: string
  readonly name: string
  private readonly reach: Reach
  private readonly token: string

  private constructor(id: string, name: string, reach: Reach, token: string) {
    this.id = id
    this.name = name
    this.reach = reach
    this.token = token
  }

  static async signIn(reach: Reach, user: string, secret: string): Promise<Person> {
    const response = await reach.ask('/api/v1/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user, secret, device: 'journey' }),
    })
    const answer = (await response.json()) as Body
    if (response.status !== 201) throw new UnexpectedAnswer(`sign in ${user}`, response.status, answer)
    return Person.holding(reach, String(answer['token']))
  }

  /** Who is signed in already. */
  static async holding(reach: Reach, token: string): Promise<Person> {
    const { user } = await new Person('', '', reach, token).get('/api/v1/me')
    const { id, label } = user as Body
    return new Person(String(id), String(label), reach, token)
  }

  async get(path: string): Promise<Body> {
    const { status, body } = await this.ask('GET', path)
    if (status !== 200) throw new UnexpectedAnswer(`GET ${path}`, status, body)
    return body
  }

  /** Sends until the answer is final, with one key: a 202 is followed up, a 503 is sent again. */
  async post(path: string, content: Body, key: string = randomUUID()): Promise<Body> {
    for (let tries = 0; tries < 5; tries += 1) {
      const { status, body } = await this.ask('POST', path, content, key)
      if (status === 503) {
        await this.reach.moment(1_000)
        continue
      }
      if (status === 202 && typeof body['href'] === 'string') return this.followed(body['href'])
      if (status >= 200 && status < 300) return body
      throw new UnexpectedAnswer(`POST ${path}`, status, body)
    }
    throw new Error(`POST ${path}: no final answer after five tries`)
  }

  /** The problem that a request is expected to be refused with. */
  async refused(path: string, content: Body): Promise<{ status: number; problem: Body }> {
    const { status, body } = await this.ask('POST', path, content, randomUUID())
    return { status, problem: body }
  }

  private async followed(href: string): Promise<Body> {
    for (let tries = 0; tries < 12; tries += 1) {
      const { body } = await this.ask('GET', href)
      if (body['status'] !== 'accepted') return body
      await this.reach.moment(500)
    }
    throw new Error(`${href}: still not recorded`)
  }

  private async ask(
    method: string,
    path: string,
    content?: Body,
    key?: string,
  ): Promise<{ status: number; body: Body }> {
    const response = await this.reach.ask(path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'accept-language': 'fr',
        prefer: 'wait=25',
        ...(content ? { 'content-type': 'application/json' } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(content ? { body: JSON.stringify(content) } : {}),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Body) }
  }
}
