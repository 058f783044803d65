import type { Sql } from '../../database/connect.ts'
import { readInstallation } from '../../database/queries/installation.ts'
import { ConfigurationWrong } from '../configuration.ts'

/** `segin start` is for training: the copy of a service installation has people in it, and stays closed here. */
export async function refuseService(owner: Sql): Promise<void> {
  const [made] = await owner<[{ known: boolean }]>`select to_regclass('public.installation') is not null as known`
  const installation = made.known ? await readInstallation(owner) : null
  if (installation?.kind === 'service')
    throw new ConfigurationWrong(
      'This is the database of a service installation, with people in it: it is never opened for training. Put it back where it comes from, or restore a copy of a training installation here',
    )
}
