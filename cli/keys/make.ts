import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newKeyText, type RingName, RINGS } from './ring-file.ts'

/** False when there is one already: a key that sealed something is never overwritten. */
export async function makeRing(folder: string, name: RingName): Promise<boolean> {
  const path = join(folder, `${name}.json`)
  if ((await readFile(path).catch(() => null)) !== null) return false
  const id = `${name}-1`
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(path, `${JSON.stringify({ current: id, keys: { [id]: newKeyText() } })}\n`, {
    mode: 0o600,
    flag: 'wx',
  })
  return true
}

export async function makeKeys(folder: string, out: (line: string) => void): Promise<number> {
  for (const name of RINGS) {
    const made = await makeRing(folder, name)
    out(`${join(folder, `${name}.json`)}: ${made ? 'made; keep a copy apart from every backup' : 'kept as it is'}`)
  }
  return 0
}
