/** The API as the desk speaks it: one key an act, a 503 is sent again with it, a 202 is followed to its end. */

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Body } from '../../client/person.ts'
import type { Language } from './words.ts'

export class Refused extends Error {
  readonly code = 'refused'
  readonly status: number
  readonly problem: Body
  constructor(status: number, problem: Body) {
    super(String(problem['title'] ?? status))
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

  get(path: string): Promise<Body> {
    return this.ask('GET', path)
  }
  delete(path: string): Promise<Body> {
    return this.ask('DELETE', path)
  }

  /** Throws `Refused` or `Away`; what is still being recorded is waited for. */
  async post(path: string, content: Body): Promise<Body> {
    const answer = await this.ask('POST', path, content, randomUUID())
    return answer['status'] === 'accepted' ? this.get(String(answer['href'])) : answer
  }

  private async ask(method: string, path: string, content?: Body, key?: string): Promise<Body> {
    for (let tries = 1; ; tries += 1) {
      const response = await this.send(method, path, content, key)
      const text = await response.text()
      const body = text === '' ? {} : (JSON.parse(text) as Body)
      if (response.ok) return body
      const retry = body['retry'] as { same_key?: boolean; after_seconds?: number } | undefined
      if (response.status !== 503 || retry?.same_key !== true || tries === TRIES)
        throw new Refused(response.status, body)
      await pause((retry.after_seconds ?? 1) * 1000)
    }
  }

  private async send(method: string, path: string, content?: Body, key?: string): Promise<Response> {
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
