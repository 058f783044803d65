/** The API on a whole test installation: real database, people of the example staff, and either engine. */

import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { createApi } from '../../api/app.ts'
import type { ApiApp } from '../../api/context/deps.ts'
import { openApi31 } from '../../api/openapi/document.ts'
import { type Conformance, conformanceTo, type OpenApiDocument } from './conformance.ts'
import { installInProcess, type Installed } from '../engine/installation.ts'
import { startInstallation, type TestInstallation } from '../installation.ts'

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json }
/** What a client sees; members are asked for by path, as `answer.at('/opened/0/id')`. */
export interface Answer {
  status: number
  headers: Headers
  text: string
  body: Record<string, Json>
  at: (pointer: string) => Json | undefined
}
export interface Asking {
  body?: unknown
  headers?: Record<string, string>
}
export interface Person {
  login: string
  ask: (method: string, path: string, asking?: Asking) => Promise<Answer>
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  /** With a key of its own unless one is given. */
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>
}
export interface InstalledApi<Here extends Installed = Installed> {
  here: Here
  app: ApiApp
  /** Every answer is held against the OpenAPI document; what it does not promise is thrown. */
  conformance: Conformance
  /** Every line that was logged. */
  logged: string[]
  person: (login: string) => Promise<Person>
  anonymous: Person
  end: () => Promise<void>
}

const follow = (value: Json | undefined, pointer: string): Json | undefined =>
  pointer
    .split('/')
    .slice(1)
    .reduce<Json | undefined>((at, part) => {
      if (Array.isArray(at)) return at[Number(part)]
      return typeof at === 'object' && at !== null ? at[part] : undefined
    }, value)

const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '')
  const body = json && text !== '' ? (JSON.parse(text) as Record<string, Json>) : {}
  return { status: response.status, headers: response.headers, text, body, at: (pointer) => follow(body, pointer) }
}

const contentOf = (body: unknown): { body?: string | Uint8Array<ArrayBuffer>; type?: string } => {
  if (body === undefined) return {}
  if (body instanceof Uint8Array) return { body: new Uint8Array(body) }
  return typeof body === 'string' ? { body } : { body: JSON.stringify(body), type: 'application/json' }
}

export const personOf = (app: ApiApp, login: string, token: string | null, conformance?: Conformance): Person => {
  const ask: Person['ask'] = async (method, path, { body, headers = {} } = {}) => {
    const content = contentOf(body)
    const sent = {
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(content.type === undefined ? {} : { 'Content-Type': content.type }),
      ...headers,
    }
    const init = { method, headers: sent, ...(content.body === undefined ? {} : { body: content.body }) }
    const answer = await answerOf(await app.request(path, init))
    const type = answer.headers.get('content-type') ?? ''
    const fault = conformance?.fault(method, path, answer.status, type, answer.body) ?? null
    if (fault !== null) throw new Error(`${fault}\n${answer.text}`)
    return answer
  }
  return {
    login,
    ask,
    get: (path, headers = {}) => ask('GET', path, { headers }),
    post: (path, body, headers = {}) =>
      ask('POST', path, { body, headers: { 'Idempotency-Key': randomUUID(), ...headers } }),
  }
}

/** Signed in by one door of an installation, which may have several. */
export const signedIn = async (
  app: ApiApp,
  { signIns }: Pick<TestInstallation, 'signIns'>,
  login: string,
  conformance?: Conformance,
): Promise<Person> => {
  const secret = signIns.find((one) => one.login === login)?.secret ?? ''
  const body = { user: login, secret }
  const answer = await personOf(app, login, null, conformance).ask('POST', '/api/v1/tokens', { body })
  if (answer.status !== 201) throw new Error(`${login} cannot sign in: ${answer.text}`)
  return personOf(app, login, String(answer.body['token']), conformance)
}

export type RealApi = InstalledApi<TestInstallation>

/** With the workflows in this process: for what the API says, takes and refuses. */
export const startApi = async (server: string): Promise<InstalledApi> => apiOn(await installInProcess(server))
/** With a server of the engine and a worker: for what becomes of an act when one of them is late, away or restored. */
export const startRealApi = async (server: string, dynamic: string[] = []): Promise<RealApi> =>
  apiOn(await startInstallation(server, dynamic))

const apiOn = <Here extends Installed>(here: Here): InstalledApi<Here> => {
  const logged: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) })
  const app = createApi({
    sql: here.db.sql,
    ring: here.db.ring,
    temporal: here.temporal,
    installation: { kind: 'training', version: '0.1.0' },
    country: here.country,
    log,
    realNow: () => Date.now(),
  })
  const conformance = conformanceTo(openApi31(app) as unknown as OpenApiDocument)
  return {
    here,
    app,
    conformance,
    logged,
    person: (login) => signedIn(app, here, login, conformance),
    anonymous: personOf(app, '', null, conformance),
    end: () => here.end(),
  }
}
