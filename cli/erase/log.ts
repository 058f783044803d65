/** Which cases were erased, outside the database: an older copy of it that is restored does not know. */

import { appendFile, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ConfigurationWrong } from '../configuration.ts'

const line = z.object({ number: z.string(), erased: z.iso.datetime() })
export type Erasure = z.infer<typeof line>

/** Before anything is destroyed, so that what is cut short can be done again. */
export async function noteErasures(path: string, erasures: Erasure[]): Promise<void> {
  const text = erasures.map((one) => `${JSON.stringify(one)}\n`).join('')
  await appendFile(path, text, { mode: 0o600 }).catch(() => {
    throw new ConfigurationWrong(`${path} cannot be written, and nothing was erased: name another place with --log`)
  })
}

/** Oldest first; none when the file does not exist. */
export async function notedErasures(path: string): Promise<Erasure[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const lines = text.split('\n').filter((one) => one !== '')
  return lines.map((one) => line.parse(JSON.parse(one)))
}
