/** Everything that is checked once every file has its shape. */

import type { CompiledProcedure } from '../compiled.ts'
import type { Country } from '../country.ts'
import { parseProcedure } from '../parse/procedure.ts'
import type { Report } from '../problem.ts'

export type Parsed = Omit<CompiledProcedure, 'hash'>

export function checkCountry(
  country: Country,
  procedureIds: readonly string[],
  reportOf: (id: string) => Report,
): void {
  for (const document of Object.values(country.procedures)) {
    const report = reportOf(document.procedure)
    parseProcedure({ country, procedureIds, document, report })
  }
}
