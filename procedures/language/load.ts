/** Reads and judges a country folder. */

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkCountry } from './check/country.ts'
import type { Nodes } from './check/country.ts'
import { checkVocabulary } from './check/vocabulary.ts'
import type { Country } from './country.ts'
import { inOrder } from './problem.ts'
import type { Problem, Report } from './problem.ts'
import { readProcedure } from './shapes/procedure.ts'
import type { ProcedureDocument } from './shapes/procedure.ts'
import { readVocabulary, sourceOf } from './vocabulary.ts'
import type { Reports } from './vocabulary.ts'

export interface Loaded {
  /** Null when there is any problem. */
  country: Country | null
  /** All at once, sorted by file and position. */
  problems: Problem[]
  /** Procedure id → how many combinations of endings its proofs went through. */
  nodes: Nodes
}

export async function loadCountry(folder: string): Promise<Loaded> {
  const problems: Problem[] = []
  const reports: Reports = {}
  const vocabulary = readVocabulary(folder, problems, reports)
  const { procedures, files, ids } = readProcedures(folder, problems, reports)
  if (!vocabulary) return { country: null, problems: inOrder(problems), nodes: {} }
  const country: Country = { ...vocabulary, procedures }
  checkVocabulary(vocabulary, reports, ids)
  const reportOf = (file: string | undefined): Report => reports[file ?? ''] ?? (() => undefined)
  const nodes = checkCountry(country, ids, reportOf('gates.yaml'), (id) => reportOf(files[id]))
  return { country: problems.length === 0 ? country : null, problems: inOrder(problems), nodes }
}

interface Sops {
  procedures: Record<string, ProcedureDocument>
  /** Procedure id → its file. */
  files: Record<string, string>
  /** Also those whose file is wrong. */
  ids: string[]
}

function readProcedures(folder: string, problems: Problem[], reports: Reports): Sops {
  const sops: Sops = { procedures: {}, files: {}, ids: [] }
  const place = join(folder, 'sops')
  const names = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith('.yaml')) : []
  for (const name of names.toSorted()) {
    const file = `sops/${name}`
    const source = sourceOf(folder, file, true, problems)
    if (!source) continue
    reports[file] = source.report
    const id = typeof source.value === 'object' && source.value !== null ? Reflect.get(source.value, 'procedure') : null
    if (typeof id === 'string') {
      if (sops.files[id] !== undefined)
        source.report(
          'duplicate_id',
          ['procedure'],
          `\`${id}\` is also the procedure of ${sops.files[id]}: rename one.`,
        )
      sops.files[id] ??= file
      sops.ids.push(id)
    }
    const document = readProcedure(source.value, source.report)
    if (document) sops.procedures[document.procedure] ??= document
  }
  return sops
}
