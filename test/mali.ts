/** Mali's folder, loaded and proved once a process. */

import { resolve } from 'node:path'
import { type Country, loadCountry } from '../procedures/language/index.ts'

export const PROCEDURES = resolve(import.meta.dirname, '../procedures/ml')

let loaded: Promise<Country> | undefined
export function mali(): Promise<Country> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Country> {
  const { country, problems } = await loadCountry(PROCEDURES)
  if (!country) throw new Error(`procedures/ml has problems: ${problems.map(({ message }) => message).join('\n')}`)
  return country
}
