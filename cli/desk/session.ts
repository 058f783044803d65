/** The token of whoever signed in on this machine, in a file that nobody else can read. */

import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const kept = z.object({ url: z.string(), token: z.string(), token_id: z.string() })
export type DeskSession = z.infer<typeof kept>

export const sessionFile = (): string =>
  process.env['SEGIN_SESSION'] ??
  join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'segin', 'session.json')

/** null when nobody is signed in, or the file is not one of ours. */
export async function readSession(): Promise<DeskSession | null> {
  const text = await readFile(sessionFile(), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return kept.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export async function keepSession(session: DeskSession): Promise<void> {
  const file = sessionFile()
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, JSON.stringify(session), { mode: 0o600 })
  // A file that was there before keeps the rights it had.
  await chmod(file, 0o600)
}

export const forgetSession = (): Promise<void> => rm(sessionFile(), { force: true })
