/** The database of a training installation, filled at its very first start. */

import { readFile, writeFile } from 'node:fs/promises'
import { connect } from '../../database/connect.ts'
import { readInstallation } from '../../database/queries/installation.ts'
import type { Country } from '../../procedures/language/index.ts'
import { readRing } from '../configuration.ts'
import { prepareDatabase } from '../prepare-database.ts'
import type { DataFolder, Remembered } from '../../local/data-folder.ts'
import { drawSignIns, type SignIn } from '../staff-file.ts'
import { refuseService } from './refuse-service.ts'
import { exampleStaff, firstRun } from './first-run.ts'

const NAME = 'segin'

/** Answers the url that the application signs in with. */
export async function ownDatabase(
  folder: DataFolder,
  serverUrl: string,
  procedures: string,
  country: Country,
  say: (line: string) => void,
): Promise<string> {
  const server = connect(serverUrl, { max: 1, as: 'owner' })
  const [known] = await server`select 1 from pg_database where datname = ${NAME}`
  if (!known) await server.unsafe(`create database ${NAME}`)
  await server.end()

  const url = new URL(serverUrl)
  url.pathname = `/${NAME}`
  const ownerUrl = url.href
  const owner = connect(ownerUrl, { max: 1, as: 'owner' })
  await refuseService(owner).finally(() => owner.end())
  const application = { user: NAME, password: await folder.secret('database-application') }
  const codecRing = await readRing(folder.in('keys'), 'codec')
  await prepareDatabase({ ownerUrl, application, codecRing, country, say }, async (owner) => {
    if (await readInstallation(owner)) return
    const signIns = await keptSignIns(folder, procedures)
    await firstRun(owner, procedures, country, signIns)
    say(`${signIns.length} example people, one sign-in each (sign-ins.json)`)
  })
  return asApplication(folder, url)
}

async function asApplication(folder: DataFolder, url: URL): Promise<string> {
  const signedIn = new URL(`/${NAME}`, url)
  signedIn.username = NAME
  signedIn.password = await folder.secret('database-application')
  return signedIn.href
}

/** The url of a database that runs already, as the application. */
export const runningDatabase = (folder: DataFolder, { ports }: Remembered): Promise<string> =>
  asApplication(folder, new URL(`postgres://127.0.0.1:${ports.postgres}`))

/** Written before anybody is added, so that a start cut short leaves nobody with a secret that nobody knows. */
async function keptSignIns(folder: DataFolder, procedures: string): Promise<SignIn[]> {
  const path = folder.in('sign-ins.json')
  const kept = await readFile(path, 'utf8').catch(() => null)
  if (kept !== null) return JSON.parse(kept) as SignIn[]
  const drawn = drawSignIns(await exampleStaff(procedures))
  await writeFile(path, `${JSON.stringify(drawn, null, 2)}\n`, { mode: 0o600 })
  return drawn
}
