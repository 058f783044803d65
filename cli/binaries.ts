/** Fetches the engine's programs before anything needs them: used where a machine is prepared, and by CI. */

import { resolve } from 'node:path'
import { command, type Say } from './command.ts'
import { findBinary, TEMPORAL_CLI, TIME_SKIPPING } from '../local/temporal-binary.ts'

export const binaries = command(
  { name: 'binaries', says: "Fetches the engine's programs now, instead of at the first start.", options: {} },
  (_, out) => fetchBinaries(out),
)

async function fetchBinaries(out: Say): Promise<number> {
  const folder = resolve(import.meta.dirname, '../.data/bin')
  for (const binary of [TEMPORAL_CLI, TIME_SKIPPING]) {
    const { path, from } = await findBinary(binary, folder, out)
    out(`${binary.program}: ${path} (${from})`)
  }
  return 0
}
