/** Where a command finds its installation: in the environment, or in the data folder of one that `segin start` made. */

import { resolve } from 'node:path'
import { ConfigurationWrong } from './configuration.ts'
import { DataFolder } from '../local/data-folder.ts'
import { runningDatabase } from './start/database.ts'
import { environment } from '../local/plans.ts'

/** `dataDir` wins over the environment; with neither, `.data` is looked at. */
export async function surroundings(
  dataDir: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<NodeJS.ProcessEnv> {
  if (dataDir === undefined && env['SEGIN_DATABASE_URL'] !== undefined) return env
  const folder = new DataFolder(resolve(dataDir ?? '.data'))
  const state = await folder.read()
  if (!state)
    throw new ConfigurationWrong(`No installation in ${folder.path}: set SEGIN_DATABASE_URL …, or give --data-dir`)
  const engine = state.wrote.temporal === 'outside' ? env['TEMPORAL_ADDRESS'] : `127.0.0.1:${state.ports.temporal}`
  if (engine === undefined) throw new ConfigurationWrong('Its engine is a server of yours: set TEMPORAL_ADDRESS')
  return { ...env, ...environment({ folder, state, databaseUrl: await runningDatabase(folder, state), engine }) }
}
