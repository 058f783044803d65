/** The installation's key rings: a master ring that wraps the keys of cases, and the codec's own. */

import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const RINGS = ['master', 'codec'] as const
export type RingName = (typeof RINGS)[number]

/** False when there is one already: a key that sealed something is never overwritten. */
export async function makeRing(folder: string, name: RingName): Promise<boolean> {
  const path = join(folder, `${name}.json`)
  if ((await readFile(path).catch(() => null)) !== null) return false
  const id = `${name}-1`
  const ring = { current: id, keys: { [id]: randomBytes(32).toString('base64') } }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(path, `${JSON.stringify(ring)}\n`, { mode: 0o600, flag: 'wx' })
  return true
}

export async function makeKeys(folder: string | undefined, out: (line: string) => void): Promise<number> {
  if (folder === undefined) {
    out('segin keys FOLDER   makes master.json and codec.json there; never overwrites one')
    return 2
  }
  for (const name of RINGS) {
    const made = await makeRing(folder, name)
    out(`${join(folder, `${name}.json`)}: ${made ? 'made; keep a copy apart from every backup' : 'kept as it is'}`)
  }
  return 0
}
