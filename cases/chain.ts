/**
 * The chain of the ledger. It runs over keyed commitments, so erasing keys leaves it verifiable and a digest
 * cannot be guessed from a telephone number. Pure JavaScript: the workflow computes it too.
 */

import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from './canonical.ts'
import type { Entry } from './events.ts'

export const FIRST_HASH = '0'.repeat(64)

/** `commitmentKey` and the answer are hex. */
export function commitmentOf(commitmentKey: string, entry: Entry): string {
  return bytesToHex(hmac(sha256, hexToBytes(commitmentKey), utf8ToBytes(canonicalJson(entry))))
}
export function chainHash(previous: string, seq: number, commitment: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${previous}|${seq}|${commitment}`)))
}
/** The first number whose hash does not follow from the one before; null when the whole chain does. Needs no key. */
export function firstBrokenIn(rows: readonly { seq: number; commitment: string; hash: string }[]): number | null {
  let hash = FIRST_HASH
  const broken = rows.findIndex((row, index) => {
    hash = chainHash(hash, index + 1, row.commitment)
    return row.seq !== index + 1 || row.hash !== hash
  })
  return broken === -1 ? null : broken + 1
}
/** A short opaque digest of any value; 40 bits, enough to tell a change, useless to guess from. */
export function shortDigest(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))).slice(0, 10)
}
