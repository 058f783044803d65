/** What somebody who has every key at hand could read, without minding what anything was bound to. */

import { createDecipheriv } from 'node:crypto'
import type { Client } from '@temporalio/client'
import type { Payload } from '@temporalio/common'
import type { KeyRing } from '../../database/keys.ts'
import { SealingCodec } from '../../worker/codec.ts'
import type { TestDatabase } from '../postgres.ts'

const [IV, TAG] = [12, 16]
/** Whether it opened rightly is not asked: a wrong key gives noise. */
function opened(key: Uint8Array, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV))
  return decipher.update(sealed.subarray(IV, sealed.length - TAG))
}

function unwrapped(ring: KeyRing, wrapped: Uint8Array): Buffer | null {
  const length = wrapped[0] ?? 0
  const master = ring.keys[Buffer.from(wrapped.subarray(1, 1 + length)).toString()]
  if (!master) return null
  const key = Buffer.from(opened(master, wrapped.subarray(1 + length)).toString('latin1'), 'base64')
  return key.length === 32 ? key : null
}

const SEALED = ['case_events', 'people', 'personal_answers', 'drafts', 'document_pieces']

/** Every sealed cell of the database under every key of every case, and every other cell as it is. */
export async function openedIn({ sql, ring }: Pick<TestDatabase, 'sql' | 'ring'>): Promise<string> {
  const rows = await sql`select wrapped from case_keys where wrapped is not null`
  const keys = rows.flatMap((row) => unwrapped(ring, row['wrapped']) ?? [])
  const texts: string[] = []
  for (const table of SEALED) {
    for (const { sealed } of await sql`select sealed from ${sql(table)}`) {
      const clear = keys.map((key) => opened(key, sealed as Uint8Array).toString('utf8'))
      texts.push(...clear, ...clear.map((text) => Buffer.from(text, 'base64').toString('utf8')))
    }
  }
  const tables = await sql`select tablename as name from pg_tables where schemaname = 'public'`
  for (const { name } of tables) {
    const cells = await sql`select t::text as row from ${sql(String(name))} t`
    texts.push(...cells.map(({ row }) => String(row)))
  }
  return texts.join('\n')
}

/** Every payload of every history that the engine keeps, by workflow. */
export async function openedHistories(temporal: Client, ring: KeyRing): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for await (const { workflowId, runId } of temporal.workflow.list()) {
    const history = await temporal.workflow
      .getHandle(workflowId, runId)
      .fetchHistory()
      .catch(() => null)
    if (history === null) continue
    const codec = new SealingCodec(ring)
    const context = { type: 'workflow', namespace: 'default', workflowId } as const
    const clear = await codec.decode(payloadsIn(history), context)
    const text = clear.map(({ data }) => Buffer.from(data ?? []).toString('utf8')).join('\n')
    found.set(workflowId, `${found.get(workflowId) ?? ''}\n${text}\n${JSON.stringify(history)}`)
  }
  return found
}

function payloadsIn(part: unknown): Payload[] {
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return []
  const { metadata, data } = part as { metadata?: Record<string, unknown>; data?: unknown }
  if (metadata?.['key-id'] !== undefined && data instanceof Uint8Array) return [part as Payload]
  return Object.values(part).flatMap(payloadsIn)
}
