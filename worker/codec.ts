/** What passes through Temporal is encrypted, and bound to the workflow that it belongs to. */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common'
import proto from '@temporalio/proto'
import type { KeyRing } from '../database/keys.ts'

const IV = 12
const TAG = 16
const ENCODING = 'binary/encrypted'
const text = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('utf8')

/** A payload in clear, of another workflow, or under a key that is not at hand: never decoded. */
export class ForeignPayload extends Error {
  readonly code = 'foreign_payload'
}

export class SealingCodec implements PayloadCodec {
  private readonly ring: KeyRing

  constructor(ring: KeyRing) {
    this.ring = ring
  }

  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const key = this.keyOf(this.ring.current)
    return payloads.map((payload) => {
      const iv = randomBytes(IV)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(boundTo(this.ring.current, context))
      const plain = proto.temporal.api.common.v1.Payload.encode(payload).finish()
      return {
        metadata: { encoding: Buffer.from(ENCODING), 'key-id': Buffer.from(this.ring.current) },
        data: Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]),
      }
    })
  }

  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return payloads.map((payload) => {
      if (text(payload.metadata?.['encoding']) !== ENCODING) throw new ForeignPayload('a payload came in clear')
      const id = text(payload.metadata?.['key-id'])
      const sealed = payload.data ?? new Uint8Array()
      try {
        const decipher = createDecipheriv('aes-256-gcm', this.keyOf(id), sealed.subarray(0, IV)).setAAD(
          boundTo(id, context),
        )
        decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
        const plain = Buffer.concat([decipher.update(sealed.subarray(IV, sealed.length - TAG)), decipher.final()])
        return proto.temporal.api.common.v1.Payload.decode(plain)
      } catch {
        throw new ForeignPayload('a payload cannot be opened with the keys at hand')
      }
    })
  }

  private keyOf(id: string): Uint8Array {
    const key = this.ring.keys[id]
    if (!key) throw new ForeignPayload(`no codec key ${id}`)
    return key
  }
}

function boundTo(keyId: string, context: SerializationContext | undefined): Buffer {
  return Buffer.from(
    `${context?.namespace ?? ''}|${context && 'workflowId' in context ? context.workflowId : ''}|${keyId}`,
  )
}
