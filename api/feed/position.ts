/**
 * A position as its reader is told it: always the same for the same event, and another for every reader. The number
 * inside would count what happens where they may not look.
 */

import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { problem } from '../problems/problem.ts'

/** One block, so the simplest mode is enough; its second half tells whether it was made with this key. */
const CIPHER = 'aes-128-ecb'
const keyOf = (idKey: Buffer, user: string): Buffer =>
  createHmac('sha256', idKey).update(`feed|${user}`).digest().subarray(0, 16)

export function positionText(idKey: Buffer, user: string, position: number): string {
  const block = Buffer.alloc(16)
  block.writeBigUInt64BE(BigInt(position))
  const cipher = createCipheriv(CIPHER, keyOf(idKey, user), null).setAutoPadding(false)
  return `p-${Buffer.concat([cipher.update(block), cipher.final()]).toString('hex')}`
}

/** Throws `cursor_expired` for anything that this reader was not told. */
export function positionFrom(idKey: Buffer, user: string, text: string): number {
  if (!/^p-[0-9a-f]{32}$/.test(text)) throw problem('cursor_expired')
  const decipher = createDecipheriv(CIPHER, keyOf(idKey, user), null).setAutoPadding(false)
  const block = Buffer.concat([decipher.update(Buffer.from(text.slice(2), 'hex')), decipher.final()])
  if (block.readBigUInt64BE(8) !== 0n) throw problem('cursor_expired')
  return Number(block.readBigUInt64BE())
}
