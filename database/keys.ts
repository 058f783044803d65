/** Envelope encryption: every case has keys of its own, wrapped by a master key that lives apart from the data. */

import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

/** Master keys by id; `current` wraps new keys, the others still unwrap. */
export interface KeyRing {
  current: string
  keys: Record<string, Uint8Array>
  /** What derived secrets follow from, once the key that they came from may be retired. */
  root?: Uint8Array
}
/** A key was destroyed, or a ciphertext was moved or changed: the two look the same on purpose. */
export class Unreadable extends Error {
  readonly code = 'unreadable'
  constructor() {
    super('sealed data cannot be opened with the keys at hand')
  }
}
const IV = 12
const TAG = 16

/** AES-256-GCM; `bound` (case, compartment, action, field …) must be the same to open. */
export function seal(key: Uint8Array, text: string, bound: string[]): Buffer {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(JSON.stringify(bound)))
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

export function open(key: Uint8Array, sealed: Uint8Array, bound: string[]): string {
  try {
    const iv = sealed.subarray(0, IV)
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(JSON.stringify(bound)))
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
    const body = sealed.subarray(IV, sealed.length - TAG)
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
  } catch {
    throw new Unreadable()
  }
}

export function wrap(ring: KeyRing, key: Uint8Array, bound: string[]): Buffer {
  const master = ring.keys[ring.current]
  if (!master) throw new Unreadable()
  const id = Buffer.from(ring.current)
  return Buffer.concat([Buffer.from([id.length]), id, seal(master, Buffer.from(key).toString('base64'), bound)])
}

export function unwrap(ring: KeyRing, wrapped: Uint8Array, bound: string[]): Uint8Array {
  const length = wrapped[0] ?? 0
  const master = ring.keys[Buffer.from(wrapped.subarray(1, 1 + length)).toString()]
  if (!master) throw new Unreadable()
  return Buffer.from(open(master, wrapped.subarray(1 + length), bound), 'base64')
}
export const newKey = (): Buffer => randomBytes(32)

const hmac = (key: Uint8Array, text: Uint8Array): Buffer => createHmac('sha256', key).update(text).digest()

/** HKDF's first half, of the first master key: it cannot be turned back into the key. */
export function rootOf(ring: KeyRing): Uint8Array {
  const oldest = Object.keys(ring.keys).toSorted()[0] ?? ring.current
  return ring.root ?? hmac(new Uint8Array(32), ring.keys[oldest] ?? new Uint8Array())
}
/** HKDF-SHA-256, 32 bytes; what follows from it must not change when a newer key becomes current, or the first one goes. */
export const derivedKey = (ring: KeyRing, purpose: string): Buffer =>
  hmac(rootOf(ring), Buffer.concat([Buffer.from(purpose), Buffer.from([1])]))
