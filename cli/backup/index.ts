/**
 * `segin backup` and `segin restore`: an installation that `segin start` made, as a folder. Neither the engine's file nor
 * any key is in it: cases are revived from the record, and keys are kept apart.
 */

import { chown, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { connect } from '../../database/connect.ts'
import { command, type Say } from '../command.ts'
import { ConfigurationWrong } from '../configuration.ts'
import { DataFolder, type Remembered } from '../../local/data-folder.ts'
import { isAlive } from '../../local/identity.ts'
import { ownerOf } from '../../local/postgres.ts'
import { databaseHome, postgresPrograms } from '../../local/postgres-programs.ts'
import { choosePorts } from '../../local/remember.ts'
import { copyFolder, copyRunning } from './copy-database.ts'

const NOTE = 'backup.json'
const note = z.object({ segin: z.string(), postgres: z.string(), taken: z.string() })

const KEPT = 'No key is in the copy: keep keys/ of the data folder apart from it.'
const DATA_DIR = { 'data-dir': { type: 'string', value: 'FOLDER', says: 'the installation (default .data)' } } as const
const folderOf = (path: string | undefined): DataFolder => new DataFolder(resolve(path ?? '.data'))

export const backup = command(
  {
    name: 'backup',
    forms: ['FOLDER'],
    words: [1, 1],
    says: `Copies the database of an installation made by \`segin start\`, while it runs or not, into a new folder.\n${KEPT}`,
    options: DATA_DIR,
  },
  async ({ values, words: [copy = ''] }, out) => {
    await take(resolve(copy), folderOf(values['data-dir']), out)
    return 0
  },
)
export const restore = command(
  {
    name: 'restore',
    forms: ['FOLDER'],
    words: [1, 1],
    says: `Puts such a copy back while the installation is stopped; what was there is kept beside it.\n${KEPT}`,
    options: {
      ...DATA_DIR,
      keys: { type: 'string', value: 'FOLDER', says: 'that copy of the keys, where the keys are lost too' },
    },
  },
  async ({ values, words: [copy = ''] }, out) => {
    await putBack(resolve(copy), folderOf(values['data-dir']), values.keys, out)
    return 0
  },
)

async function take(copy: string, folder: DataFolder, out: Say): Promise<void> {
  const state = await folder.read()
  if (!state) throw new ConfigurationWrong(`No installation in ${folder.path}`)
  if (await exists(copy)) throw new ConfigurationWrong(`${copy} exists already`)
  const unfinished = `${copy}.unfinished`
  const from = join(await databaseHome(folder.path, () => {}), 'data')
  const to = join(unfinished, 'postgres')
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  if (await isAlive(state.children['postgres'])) {
    const owner = connect(ownerOf(state.ports.postgres, await folder.secret('database-owner')), { as: 'owner', max: 1 })
    await copyRunning(owner, from, to).finally(() => owner.end())
  } else await copyFolder(from, to, true)
  const postgres = (await readFile(join(to, 'PG_VERSION'), 'utf8')).trim()
  const said = { segin: state.wrote.segin, postgres, taken: new Date().toISOString() }
  await writeFile(join(unfinished, NOTE), `${JSON.stringify(said, null, 2)}\n`)
  await rename(unfinished, copy)
  out(`The database is in ${copy}. Its keys are not: keep ${folder.in('keys')} apart from it.`)
}

async function putBack(copy: string, folder: DataFolder, keys: string | undefined, out: Say): Promise<void> {
  const said = note.safeParse(JSON.parse(await readFile(join(copy, NOTE), 'utf8').catch(() => 'null')))
  if (!said.success) throw new ConfigurationWrong(`${copy} is no backup of Segin`)
  const programs = await postgresPrograms(out)
  if (said.data.postgres !== programs.major)
    throw new ConfigurationWrong(`${copy} was written by Postgres ${said.data.postgres}, and this is ${programs.major}`)
  const state = await folder.read()
  if (await isAlive(state?.supervisor)) throw new ConfigurationWrong(`Stop the installation in ${folder.path} first`)
  if (await isAlive(state?.children['postgres']))
    throw new ConfigurationWrong(
      'Its database still runs, left over from a start that was killed: start and stop it once',
    )
  await folder.make()
  if (keys !== undefined) await copyFolder(keys, folder.in('keys'), true)
  if (!(await exists(folder.in('keys', 'master.json'))))
    throw new ConfigurationWrong(`${folder.in('keys')} has no keys: nothing of the copy could be read. Give --keys`)
  const data = join(await databaseHome(folder.path, out), 'data')
  await keepBeside(data)
  await copyFolder(join(copy, 'postgres'), data, true)
  if (programs.as.uid !== undefined && programs.as.gid !== undefined) await giveTo(join(data, '..'), programs.as)
  for (const name of await readdir(folder.path)) if (/^engine-.*\.db/.test(name)) await keepBeside(folder.in(name))
  await folder.save(restored(state ?? (await fresh()), said.data))
  out(`The database of ${said.data.taken} is back. \`npm start\` begins its cases again in a new engine.`)
}

/** No engine has these cases yet: the next start revives them. */
const restored = (state: Remembered, { segin, postgres }: z.infer<typeof note>): Remembered => ({
  ...state,
  wrote: { segin, postgres, temporal: 'none' },
})
const fresh = async (): Promise<Remembered> => ({
  ports: await choosePorts(undefined, null),
  children: {},
  wrote: { segin: '', temporal: null, postgres: null },
})

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
async function keepBeside(path: string): Promise<void> {
  if (await exists(path)) await rename(path, `${path}.before-${Date.now()}`)
}
async function giveTo(path: string, as: { uid?: number; gid?: number }): Promise<void> {
  await chown(path, as.uid ?? 0, as.gid ?? 0)
  for (const one of await readdir(path, { withFileTypes: true })) {
    if (one.isDirectory()) await giveTo(join(path, one.name), as)
    else await chown(join(path, one.name), as.uid ?? 0, as.gid ?? 0)
  }
}
