/** The country that is simulated: all procedures of Mali, opened by its reception. */

import { compileCountry, compileSettings } from '../../procedures/language/index.ts'
import { mali as loaded } from '../mali.ts'
import type { Country } from './simulate.ts'

export async function mali(): Promise<Country> {
  const country = await loaded()
  const { 'ml-reception': first, ...others } = compileCountry(country)
  if (!first) throw new Error('no reception')
  return {
    procedures: [first, ...Object.values(others)],
    settings: compileSettings(country, { version: 1, offsetMs: 0 }),
  }
}
