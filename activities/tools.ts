import type { Client } from '@temporalio/client'
import type { Sql } from 'postgres'
import type { KeyRing } from '../database/keys.ts'

/** What activities are handed: a database, the keys that seal it, and a client of the engine. */
export interface Tools {
  sql: Sql
  ring: KeyRing
  temporal: Client
}
