import { join } from 'node:path'
import { loadCountry } from '../procedures/language/index.ts'

/** Judges a country folder, line by line into `out`. Returns the exit code: 0 only when there is no problem. */
export async function check(folder: string, out: (line: string) => void): Promise<number> {
  const { country, problems } = await loadCountry(folder)
  for (const { file, line, column, code, message } of problems)
    out(`${join(folder, file)}:${line}:${column} ${code} ${message}`)
  if (!country) {
    out(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`)
    return 1
  }
  return 0
}
