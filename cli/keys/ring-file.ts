/** A key ring as it lies in its file: which key seals, and which others still open. */

import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { KeyRing } from '../../database/keys.ts'
import { ConfigurationWrong } from '../configuration-wrong.ts'

export const RINGS = ['master', 'codec'] as const
export type RingName = (typeof RINGS)[number]

const ringFile = z.object({
  current: z.string(),
  keys: z.record(z.string(), z.string()),
  /** Since the first rotation: what the installation's derived secrets follow from. */
  root: z.string().optional(),
})
export type RingFile = z.infer<typeof ringFile>
export const newKeyText = (): string => randomBytes(32).toString('base64')

export const ringIn = (text: string): KeyRing => {
  const { current, keys, root } = ringFile.parse(JSON.parse(text))
  const bytes = (key: string): Buffer => Buffer.from(key, 'base64')
  return {
    current,
    keys: Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, bytes(key)])),
    ...(root === undefined ? {} : { root: bytes(root) }),
  }
}

const fileOf = (folder: string, name: RingName): string => join(folder, `${name}.json`)

export async function readRingFile(folder: string, name: RingName): Promise<RingFile> {
  const text = await readFile(fileOf(folder, name), 'utf8').catch(() => {
    throw new ConfigurationWrong(`${fileOf(folder, name)} cannot be read: is this the folder of SEGIN_KEYS?`)
  })
  return ringFile.parse(JSON.parse(text))
}

/** Whole or not at all. */
export async function writeRingFile(folder: string, name: RingName, ring: RingFile): Promise<void> {
  const path = fileOf(folder, name)
  await writeFile(`${path}.new`, `${JSON.stringify(ring)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

/** By the number that ends its id, so `master-10` is newer than `master-9`. */
export const newestKey = ({ keys, current }: RingFile): string =>
  Object.keys(keys)
    .toSorted((a, b) => numberOf(a) - numberOf(b))
    .at(-1) ?? current
export const nextKey = (name: RingName, ring: RingFile): string => `${name}-${numberOf(newestKey(ring)) + 1}`
export const numberOf = (id: string): number => Number(/\d+$/.exec(id)?.[0] ?? 0)
