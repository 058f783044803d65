/** `segin keys`: makes the key rings of an installation, and takes it from one key to the next while cases are open. */

import { command, DATA_DIR, type Say, UsageWrong } from '../command.ts'
import { configuration } from '../configuration.ts'
import { stand } from '../process.ts'
import { surroundings } from '../surroundings.ts'
import { makeKeys } from './make.ts'
import { retireKeys } from './retire.ts'
import { type RingName, RINGS } from './ring-file.ts'
import { activateKeys, addKeys, settleKeys, tellKeys } from './rotate.ts'

export const keys = command(
  {
    name: 'keys',
    forms: ['FOLDER', 'rotate [STEP]'],
    words: [1, 2],
    says: `FOLDER: makes master.json and codec.json there; never overwrites one.
rotate: changes the keys of an installation while its cases are open. Without STEP it says what seals with which key.

  add        a new key in each ring, which seals nothing yet
             → bring the folder to every machine, restart every api and worker
  activate   the new key seals from now on; the old one still opens
             → bring the folder to every machine, restart every api and worker
  settle     seals the keys of all cases anew, and asks every open case to carry nothing of the old key on
  retire     takes the old keys out of the rings, once nothing is left that needs them
             → bring the folder to every machine, restart every api and worker`,
    options: {
      ring: { type: 'string', value: 'master|codec', says: 'only this ring; both unless it is said' },
      ...DATA_DIR,
    },
  },
  async ({ values, words: [what = '', step] }, out) => {
    if (what !== 'rotate') return makeKeys(what, out)
    const rings = RINGS.filter((name) => values.ring === undefined || values.ring === name)
    if (rings.length === 0) throw new UsageWrong('There are two rings, master and codec')
    return rotate(step, rings, await surroundings(values['data-dir']), out)
  },
)

async function rotate(step: string | undefined, rings: RingName[], env: NodeJS.ProcessEnv, out: Say): Promise<number> {
  const folder = configuration(env).SEGIN_KEYS
  if (step === 'add') return addKeys(folder, rings, out)
  const standing = await stand('keys', env)
  try {
    const asked = { ...standing, folder, rings }
    switch (step) {
      case undefined:
        return await tellKeys(asked, out)
      case 'activate':
        return await activateKeys(asked, out)
      case 'settle':
        return await settleKeys(asked, out)
      case 'retire':
        return await retireKeys(asked, out)
      default:
        throw new UsageWrong(`No step is called ${step}`)
    }
  } finally {
    await standing.close()
  }
}
