import { join } from 'node:path'
import { command } from './command.ts'
import { loadCountry } from '../procedures/language/index.ts'

export const checkCommand = command(
  {
    name: 'check',
    forms: ['[FOLDER]'],
    words: [0, 1],
    says: 'Judges a folder of procedures (procedures/ml): every problem, with file, line and column.',
    options: {},
  },
  ({ words: [folder = 'procedures/ml'] }, out) => check(folder, out),
)

/** Judges a country folder, line by line into `out`. Returns the exit code: 0 only when there is no problem. */
export async function check(folder: string, out: (line: string) => void): Promise<number> {
  const { country, problems, nodes } = await loadCountry(folder)
  for (const { file, line, column, code, message } of problems)
    out(`${join(folder, file)}:${line}:${column} ${code} ${message}`)
  if (!country) {
    out(`${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`)
    return 1
  }
  const rows = Object.values(country.procedures).map(({ procedure, version, steps }) => ({
    procedure: `${procedure} v${version}`,
    steps: steps.length,
    nodes: nodes[procedure] ?? 0,
  }))
  const width = Math.max('procedure'.length, ...rows.map((row) => row.procedure.length))
  out(`${'procedure'.padEnd(width)}  steps  nodes`)
  for (const row of rows)
    out(`${row.procedure.padEnd(width)}  ${String(row.steps).padStart(5)}  ${String(row.nodes).padStart(5)}`)
  const steps = rows.reduce((sum, row) => sum + row.steps, 0)
  out(`${rows.length} procedures, ${steps} steps, no problem.`)
  return 0
}
