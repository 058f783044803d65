/** What publishing a folder would do: which versions are new, which are there, and which have changed under their number. */

import { canonicalJson } from '../../cases/canonical.ts'
import type { Sql } from '../../database/connect.ts'
import { allProcedures, openRunsByVersion } from '../../database/queries/procedures.ts'
import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import { compileCountry, compileSettings, type Country } from '../../procedures/language/index.ts'
import type { Settings } from '../../procedures/language/settings.ts'

export type Standing = 'new' | 'published' | 'changed' | 'older'
export interface Planned {
  compiled: CompiledProcedure
  /** `changed`: its number is taken by other content. `older`: a newer version is published. */
  standing: Standing
  /** Open runs by version, of every version that has any. */
  runs: [version: number, open: number][]
}

export async function planOf(sql: Sql, country: Country): Promise<Planned[]> {
  const [published, running] = await Promise.all([allProcedures(sql), openRunsByVersion(sql)])
  return Object.values(compileCountry(country)).map((compiled) => {
    const versions = published.filter((one) => one.compiled.id === compiled.id).map((one) => one.compiled)
    const runs = running.filter((one) => one.procedure === compiled.id).map((one) => [one.version, one.open] as const)
    return { compiled, standing: standingOf(compiled, versions), runs: runs.map(([version, open]) => [version, open]) }
  })
}

function standingOf({ version, hash }: CompiledProcedure, versions: CompiledProcedure[]): Standing {
  const same = versions.find((one) => one.version === version)
  if (same) return same.hash === hash ? 'published' : 'changed'
  return versions.some((one) => one.version > version) ? 'older' : 'new'
}

/**
 * What cases know of the country, with what the folder adds: facts, places, purposes, rates, and what begins by itself.
 * The calendar is declared and not published; what older versions still read is never taken away. null: nothing is new.
 */
export function settingsWith(newest: Settings, country: Country): Settings | null {
  const own = compileSettings(country, newest)
  const ours = new Set(own.watchers.map((one) => one.procedure))
  const known = new Set(Object.keys(country.procedures))
  const next: Settings = {
    ...newest,
    facts: { ...newest.facts, ...own.facts },
    places: { ...newest.places, ...own.places },
    purposes: { ...newest.purposes, ...own.purposes },
    rates: { ...newest.rates, ...own.rates },
    watchers: [
      ...newest.watchers.filter((one) => !ours.has(one.procedure) && !known.has(one.procedure)),
      ...own.watchers,
    ],
    whatNext: own.whatNext,
    suspension: own.suspension,
  }
  return canonicalJson(sorted(next)) === canonicalJson(sorted(newest)) ? null : next
}

const sorted = (settings: Settings): Settings => ({
  ...settings,
  watchers: settings.watchers.toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)),
})
