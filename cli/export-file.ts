/** The file of an export: its first line says what it needs, each other line is one case, sealed as it lies in the database. */

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { exportedCase, type ExportedCase } from '../database/export.ts'
import { ConfigurationWrong } from './configuration.ts'

const FORMAT = 1
const headLine = z.strictObject({
  segin_export: z.literal(FORMAT),
  kind: z.enum(['training', 'service']),
  procedures: z.array(z.strictObject({ id: z.string(), version: z.int(), hash: z.string() })),
})
export type Head = Omit<z.infer<typeof headLine>, 'segin_export'>
export type Procedures = Head['procedures']

export const headOf = (head: Head): string => JSON.stringify({ segin_export: FORMAT, ...head })

/** Of which kind of installation the cases are, and the procedures that they run under. */
export async function headIn(file: string): Promise<Head> {
  for await (const line of linesOf(file)) return parsed(file, () => headLine.parse(JSON.parse(line)))
  throw new ConfigurationWrong(`${file} is empty`)
}

export async function* casesIn(file: string): AsyncIterable<ExportedCase> {
  await headIn(file)
  let number = 0
  for await (const line of linesOf(file)) {
    number += 1
    if (number > 1) yield parsed(`${file}:${number}`, () => exportedCase.parse(JSON.parse(line)))
  }
}

const linesOf = (file: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })

/** What a line holds is never part of what is said of it. */
function parsed<T>(where: string, read: () => T): T {
  try {
    return read()
  } catch {
    throw new ConfigurationWrong(`${where} is no line of a Segin export (format ${FORMAT})`)
  }
}
