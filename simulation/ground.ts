/** What every simulated case stands on: a country's procedures, settings and partners, and what is assumed of people. */

import type { CompiledProcedure } from '../procedures/language/compiled.ts'
import { compileCountry, compileSettings, type Country, loadCountry } from '../procedures/language/index.ts'
import type { Settings } from '../procedures/language/settings.ts'
import { type Assumptions, AssumptionsWrong, assumptionsOf } from './assumptions.ts'

export interface Ground {
  country: Country
  settings: Settings
  assumed: Assumptions
  procedures: Record<string, CompiledProcedure>
  shelf: Record<string, CompiledProcedure>
  published: Record<string, string>
  partners: string[]
}

export async function groundOf(folder: string): Promise<Ground> {
  const { country } = await loadCountry(folder)
  if (!country) throw new AssumptionsWrong(`${folder} has problems: run \`segin check ${folder}\``)
  const assumed = assumptionsOf(folder)
  const procedures = compileCountry(country)
  const named = [assumed.opens_with, ...Object.keys(assumed.events), ...Object.values(assumed.gates)]
  const steps = Object.keys(assumed.outcomes).map((path) => path.split('.')[0] ?? '')
  const unknown = [...named, ...steps].filter((id) => !procedures[id])
  if (unknown.length > 0)
    throw new AssumptionsWrong(`simulation.yaml names procedures that are not there: ${unknown.join(', ')}`)
  const all = Object.values(procedures)
  return {
    country,
    settings: compileSettings(country, { version: 1, offsetMs: 0 }),
    assumed,
    procedures,
    shelf: Object.fromEntries(all.map((one) => [one.hash, one])),
    published: Object.fromEntries(all.map((one) => [one.id, one.hash])),
    partners: Object.keys(country.partners),
  }
}
