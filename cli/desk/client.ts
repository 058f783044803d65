/** The API as the desk speaks it: one key an act, a 503 is sent again with it, a 202 is followed to its end. */

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { filled, type Reads, type Schemas } from '../../client/answers.ts'
import type { Language } from './words.ts'

export class Refused extends Error {
  readonly code = 'refused'
  readonly status: number
  readonly problem: Schemas['Problem']
  constructor(status: number, problem: Schemas['Problem']) {
    super(problem.title ?? String(status))
    this.status = status
    this.problem = problem
  }
}
export class Away extends Error {
  readonly code = 'away'
}

const TRIES = 4

export class DeskClient {
  readonly url: string
  private readonly token: string | null
  private readonly language: Language

  constructor(url: string, token: string | null, language: Language) {
    this.url = url
    this.token = token
    this.language = language
  }

  /** `query` is what follows the question mark. */
  get<P extends keyof Reads>(path: P, parameters: Record<string, string> = {}, query = ''): Promise<Reads[P]> {
    return this.ask('GET', filled(path, parameters) + (query === '' ? '' : `?${query}`))
  }
  signIn(user: string, secret: string): Promise<Schemas['Token']> {
    return this.ask('POST', '/api/v1/tokens', { user, secret, device: 'segin' }, randomUUID())
  }
  signOut(token: string): Promise<unknown> {
    return this.ask('DELETE', filled('/api/v1/tokens/{token}', { token }))
  }

  /** Throws `Refused` or `Away`; what is still being recorded is waited for. */
  async act(path: string, content: object): Promise<Schemas['Action']> {
    const answer: Schemas['Action'] = await this.ask('POST', path, content, randomUUID())
    return answer.status === 'accepted' && answer.href !== undefined ? this.ask('GET', answer.href) : answer
  }

  private async ask<A>(method: string, path: string, content?: object, key?: string): Promise<A> {
    for (let tries = 1; ; tries += 1) {
      const response = await this.send(method, path, content, key)
      const text = await response.text()
      if (response.ok) return JSON.parse(text === '' ? '{}' : text)
      const problem: Schemas['Problem'] = JSON.parse(text === '' ? '{}' : text)
      if (response.status !== 503 || problem.retry?.same_key !== true || tries === TRIES)
        throw new Refused(response.status, problem)
      await pause((problem.retry.after_seconds ?? 1) * 1000)
    }
  }

  private async send(method: string, path: string, content?: object, key?: string): Promise<Response> {
    const headers = {
      'Accept-Language': this.language,
      Prefer: 'wait=25',
      ...(this.token === null ? {} : { Authorization: `Bearer ${this.token}` }),
      ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    }
    const body = content === undefined ? {} : { body: JSON.stringify(content) }
    try {
      return await fetch(new URL(path, this.url), { method, headers, ...body })
    } catch {
      throw new Away(this.url)
    }
  }
}
