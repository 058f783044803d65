/** Keys and disk: what an installation needs of the machine it stands on. */

import { statfs } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import type { KeyRing } from '../../database/keys.ts'
import { type Configuration, ConfigurationWrong, readRing } from '../configuration.ts'
import type { Finding } from './findings.ts'

const LEAST_MEGABYTES = 1_000
const MEGABYTE = 1_048_576

export interface Rings {
  master: KeyRing | null
  codec: KeyRing | null
}

export async function lookAtKeys({
  SEGIN_KEYS: folder,
}: Configuration): Promise<{ rings: Rings; findings: Finding[] }> {
  const findings: Finding[] = []
  const ring = async (name: 'master' | 'codec'): Promise<KeyRing | null> => {
    const file = join(folder, `${name}.json`)
    try {
      return await readRing(folder, name)
    } catch (error) {
      const code =
        error instanceof ConfigurationWrong ? 'keys_readable' : isOfFiles(error) ? 'keys_missing' : 'keys_wrong'
      findings.push({ code, file })
      return null
    }
  }
  const rings = { master: await ring('master'), codec: await ring('codec') }
  return { rings, findings }
}
const isOfFiles = (error: unknown): boolean => error instanceof Error && 'code' in error && 'syscall' in error

/** In service a stolen backup must not hold the keys to itself. */
export function keysBesideData(kind: 'training' | 'service', settings: Configuration): Finding[] {
  const { SEGIN_KEYS: keys, SEGIN_DATA: data } = settings
  if (kind === 'training' || data === undefined) return []
  const inside = `${resolve(keys)}${sep}`.startsWith(`${resolve(data)}${sep}`)
  return inside ? [{ code: 'keys_beside_data', folder: data }] : []
}

export async function lookAtDisk({ SEGIN_DATA: data }: Configuration, least = LEAST_MEGABYTES): Promise<Finding[]> {
  const folder = data ?? process.cwd()
  const space = await statfs(folder).catch(() => null)
  if (space === null) return []
  const megabytes = Math.floor((space.bavail * space.bsize) / MEGABYTE)
  return megabytes < least ? [{ code: 'disk_full', folder, megabytes }] : []
}
