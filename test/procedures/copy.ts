import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const COUNTRY = join(import.meta.dirname, 'country')

export type Change = { in: string; from: string; to: string } | { add: string; text: string } | { remove: string }

/** Runs `use` on a changed copy of the trial country, and removes the copy. */
export async function withCountry<T>(changes: readonly Change[], use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'country-'))
  try {
    cpSync(COUNTRY, folder, { recursive: true })
    for (const change of changes) apply(folder, change)
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function apply(folder: string, change: Change): void {
  if ('remove' in change) return rmSync(join(folder, change.remove))
  if ('add' in change) return writeFileSync(join(folder, change.add), change.text)
  const path = join(folder, change.in)
  const text = readFileSync(path, 'utf8')
  if (!text.includes(change.from)) throw new Error(`${change.in} no longer says: ${change.from}`)
  writeFileSync(
    path,
    text.replace(change.from, () => change.to),
  )
}
