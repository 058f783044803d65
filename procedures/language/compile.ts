/** From the document, which is for people, to the small part that a workflow carries. */

import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical.ts'
import type { CompiledProcedure } from './compiled.ts'
import type { Country } from './country.ts'
import { parseProcedure } from './parse/procedure.ts'
import type { ProcedureDocument } from './shapes/procedure.ts'

/** For a document of a country that loaded without problems; throws on any other. */
export function compileProcedure(document: ProcedureDocument, country: Country): CompiledProcedure {
  const compiled = parseProcedure({
    country,
    document,
    procedureIds: Object.keys(country.procedures),
    report: (code) => {
      throw new Error(`${document.procedure} cannot be compiled: ${code}. Run \`segin check\`.`)
    },
  })
  return { ...compiled, hash: createHash('sha256').update(canonicalJson(compiled)).digest('hex') }
}

/** Every procedure of a country, by id. */
export function compileCountry(country: Country): Record<string, CompiledProcedure> {
  return Object.fromEntries(
    Object.values(country.procedures).map((document) => [document.procedure, compileProcedure(document, country)]),
  )
}
