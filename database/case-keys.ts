import type { Sql, Transaction } from './connect.ts'
import { type KeyRing, newKey, Unreadable, unwrap, wrap } from './keys.ts'

/** Keys the ledger's commitments; once it is destroyed nobody can try whether an entry said what they guess. */
export const COMMITMENT = 'commitment'
export const GENERAL = 'general'

const boundTo = (caseId: string, compartment: string): string[] => ['case-key', caseId, compartment]

/** A key as it lies in `case_keys`, for queries that join it. */
export const openKey = (ring: KeyRing, caseId: string, compartment: string, wrapped: Uint8Array): Uint8Array =>
  unwrap(ring, wrapped, boundTo(caseId, compartment))

export const sealedKey = (ring: KeyRing, caseId: string, compartment: string, key: Uint8Array): Buffer =>
  wrap(ring, key, boundTo(caseId, compartment))

/** The key of a compartment, made at its first use; undefined once it has been destroyed. */
export async function keyOf(
  sql: Sql | Transaction,
  ring: KeyRing,
  caseId: string,
  compartment: string,
): Promise<Uint8Array | undefined> {
  const [found] = await sql<{ wrapped: Buffer | null }[]>`
    select wrapped from case_keys where case_id = ${caseId} and compartment = ${compartment}`
  if (found) return found.wrapped ? openKey(ring, caseId, compartment, found.wrapped) : undefined
  const wrapped = sealedKey(ring, caseId, compartment, newKey())
  await sql`insert into case_keys (case_id, compartment, wrapped) values (${caseId}, ${compartment}, ${wrapped})
    on conflict do nothing`
  return keyOf(sql, ring, caseId, compartment)
}

/** All keys of a case that were not destroyed, by compartment. */
export async function keysOf(sql: Sql | Transaction, ring: KeyRing, caseId: string): Promise<Map<string, Uint8Array>> {
  const rows = await sql<{ compartment: string; wrapped: Buffer }[]>`select compartment, wrapped from case_keys
    where case_id = ${caseId} and wrapped is not null`
  return new Map(rows.map(({ compartment, wrapped }) => [compartment, openKey(ring, caseId, compartment, wrapped)]))
}

/** Hex; what the workflow of the case computes its commitments with. */
export async function commitmentKeyOf(sql: Sql, ring: KeyRing, caseId: string): Promise<string> {
  const key = await keyOf(sql, ring, caseId, COMMITMENT)
  return Buffer.from(key ?? []).toString('hex')
}

/** Whether the ring opens keys of the first and of the last case; true where there is none yet. */
export async function opensCaseKeys(sql: Sql, ring: KeyRing): Promise<boolean> {
  const rows = await sql<{ caseId: string; wrapped: Buffer }[]>`select case_id, wrapped from case_keys
    where compartment = ${COMMITMENT} and wrapped is not null and case_id in (
      (select case_id from cases order by opened nulls last limit 1) union all
      (select case_id from cases order by opened desc nulls last limit 1))`
  try {
    for (const { caseId, wrapped } of rows) openKey(ring, caseId, COMMITMENT, wrapped)
    return true
  } catch (error) {
    if (error instanceof Unreadable) return false
    throw error
  }
}
