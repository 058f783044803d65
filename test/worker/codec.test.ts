import { randomBytes } from 'node:crypto'
import {
  DefaultFailureConverter,
  defaultPayloadConverter,
  type Payload,
  type SerializationContext,
} from '@temporalio/common'
import {
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
} from '@temporalio/common/lib/internal-non-workflow/index.js'
import { expect, it } from 'vitest'
import type { KeyRing } from '../../database/keys.ts'
import { SealingCodec } from '../../worker/codec.ts'
import { failureConverter } from '../../worker/failure-converter.ts'

const ring = (current: string, ...ids: string[]): KeyRing => ({
  current,
  keys: Object.fromEntries(ids.map((id) => [id, randomBytes(32)])),
})
const one: SerializationContext = { type: 'workflow', namespace: 'default', workflowId: 'case-1' }
const other: SerializationContext = { ...one, workflowId: 'case-2' }
const payload = (): Payload => defaultPayloadConverter.toPayload({ answer: 'Kayes' })

it('gives back what was sealed, and the sealed form shows nothing of it', async () => {
  const codec = new SealingCodec(ring('c1', 'c1'))
  const sealed = await codec.encode([payload()], one)
  expect(Buffer.from(sealed[0]!.data!).includes('Kayes')).toBe(false)
  const [back] = await codec.decode(sealed, one)
  expect(defaultPayloadConverter.fromPayload(back!)).toEqual({ answer: 'Kayes' })
})

it('seals the same payload differently each time', async () => {
  const codec = new SealingCodec(ring('c1', 'c1'))
  const [a, b] = await codec.encode([payload(), payload()], one)
  expect(Buffer.from(a!.data!).equals(Buffer.from(b!.data!))).toBe(false)
})

it('refuses a payload that was moved to another case, changed by one bit, or never sealed', async () => {
  const codec = new SealingCodec(ring('c1', 'c1'))
  const [sealed] = await codec.encode([payload()], one)
  await expect(codec.decode([sealed!], other)).rejects.toThrow()
  const data = Uint8Array.from(sealed!.data!)
  data[20]! ^= 1
  await expect(codec.decode([{ ...sealed!, data }], one)).rejects.toThrow()
  await expect(codec.decode([payload()], one)).rejects.toThrow()
})

it('still opens what an earlier key sealed, and not what a lost one did', async () => {
  const before = ring('c1', 'c1')
  const sealed = await new SealingCodec(before).encode([payload()], one)
  const rotated: KeyRing = { current: 'c2', keys: { ...before.keys, c2: randomBytes(32) } }
  const [back] = await new SealingCodec(rotated).decode(sealed, one)
  expect(defaultPayloadConverter.fromPayload(back!)).toEqual({ answer: 'Kayes' })
  await expect(new SealingCodec(ring('c2', 'c2')).decode(sealed, one)).rejects.toThrow()
})

it('seals messages and stack traces of failures too', async () => {
  const payloadCodecs = [new SealingCodec(ring('c1', 'c1'))]
  const converter = { payloadConverter: defaultPayloadConverter, failureConverter, payloadCodecs }
  const failure = await encodeErrorToFailure(converter, new Error('what nobody else should read'), one)
  expect(JSON.stringify(failure)).not.toContain('nobody else')
  expect(failure.encodedAttributes).toBeTruthy()
  const back = await decodeOptionalFailureToOptionalError(converter, failure, one)
  expect(back?.message).toBe('what nobody else should read')
  expect(failureConverter).toBeInstanceOf(DefaultFailureConverter)
})
