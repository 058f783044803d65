/** What the API needs from outside: the process entry hands in `ApiDoor`, route modules are given `Deps`. */

import type { Client } from '@temporalio/client'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { BaseLogger } from 'pino'
import type { Sql } from 'postgres'
import type { Instant } from '../../cases/time.ts'
import type { KeyRing } from '../../database/keys.ts'
import type { Country } from '../../procedures/language/country.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { Session } from './session.ts'

export type Language = 'fr' | 'en'

export interface Installation {
  kind: 'training' | 'service'
  /** Version of the software. */
  version: string
}
/** Counts each answer by its route pattern, method and status. */
export interface AnswerCounter {
  seen: (method: string, route: string, status: number, ms: number) => void
}
/** Handed in by the caller that starts the process; that caller opens and closes every connection in it. */
export interface ApiDoor {
  sql: Sql
  /** Master keys: they open what the database keeps sealed. */
  ring: KeyRing
  /** Must carry the payload codec of the worker, and must not retry RESOURCE_EXHAUSTED by itself. */
  temporal: Client
  installation: Installation
  /** Titles, labels and texts of the published country folder. */
  country: Country
  log: BaseLogger
  /** Where answers are counted; nowhere when it is absent. */
  requests?: AnswerCounter
  /** Real time in ms, for sign-in, limits and deadlines of requests; tests hand in another. */
  realNow: () => number
}
/** The installation at one instant: its newest settings and the business time they give. */
export interface Present {
  settings: Settings
  now: Instant
}
export interface Deps extends ApiDoor {
  present: () => Promise<Present>
  /** As last read, without asking again; null before the first request. */
  lastPresent: () => Present | null
  /** The newest published form of procedures by id; unknown ids are left out. */
  newest: (procedures: string[]) => Promise<CompiledProcedure[]>
  /** Published forms by hash. */
  byHash: (hashes: string[]) => Promise<CompiledProcedure[]>
  /** Names of users by id. */
  names: () => Promise<Map<string, string>>
  /** Keys the ids that follow from Idempotency-Keys. */
  idKey: Buffer
}

export interface ApiEnv {
  Variables: {
    requestId: string
    language: Language
    /** null on the few routes that ask for no token. */
    session: Session | null
  }
}
export type ApiApp = OpenAPIHono<ApiEnv>
export type ApiContext = Context<ApiEnv>

/** Who asks for something over many cases or people, when, and in which language. */
export interface Caller {
  deps: Deps
  session: Session
  present: Present
  language: Language
}
