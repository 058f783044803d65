import type { Sql } from '../database/connect.ts'
import { allProcedures } from '../database/queries/procedures.ts'
import type { Country } from '../procedures/language/index.ts'
import { withOlderWords } from '../procedures/language/index.ts'
import { countryOf } from './start/first-run.ts'

/** The country of a folder, with the words of every version that this installation has published. */
export async function countryInWords(sql: Sql, folder: string): Promise<Country> {
  const [country, published] = await Promise.all([countryOf(folder), allProcedures(sql)])
  return withOlderWords(
    country,
    published.map((one) => one.document),
  )
}
