/** Brings the database up to date, and fills it at the very first start. */

import { readFile, writeFile } from 'node:fs/promises'
import { connect } from '../../database/connect.ts'
import { migrate } from '../../database/migrate.ts'
import { leaveCanary } from '../../database/queries/canary.ts'
import { readInstallation } from '../../database/queries/installation.ts'
import type { Country } from '../../procedures/language/index.ts'
import { readRing } from '../configuration.ts'
import type { DataFolder } from './data-folder.ts'
import { drawSignIns, firstRun, publish, type SignIn } from './first-run.ts'

const NAME = 'segin'

/** Answers the url that the application signs in with: its role owns nothing and cannot rewrite the ledger. */
export async function prepareDatabase(
  folder: DataFolder,
  serverUrl: string,
  procedures: string,
  country: Country,
  say: (line: string) => void,
): Promise<string> {
  const password = await folder.secret('database-application')
  const server = connect(serverUrl, { max: 1, as: 'owner' })
  const [known] = await server`select 1 from pg_database where datname = ${NAME}`
  if (!known) await server.unsafe(`create database ${NAME}`)
  await server.end()

  const ownerUrl = new URL(serverUrl)
  ownerUrl.pathname = `/${NAME}`
  const owner = connect(ownerUrl.href, { max: 1, as: 'owner' })
  try {
    for (const name of await migrate(owner)) say(`migration ${name}`)
    await owner.unsafe(
      `do $$ begin create role ${NAME} login in role segin_app; exception when duplicate_object then null; end $$`,
    )
    await owner.unsafe(`alter role ${NAME} password '${password.replaceAll("'", '')}'`)
    const added = await publish(owner, country)
    if (added > 0) say(`${added} procedures published`)
    await leaveCanary(owner, await readRing(folder.in('keys'), 'codec'))
    if (!(await readInstallation(owner))) {
      const signIns = await keptSignIns(folder, procedures)
      await firstRun(owner, procedures, country, signIns)
      say(`${signIns.length} example people, one sign-in each (sign-ins.json)`)
    }
  } finally {
    await owner.end()
  }
  const url = new URL(ownerUrl)
  url.username = NAME
  url.password = password
  return url.href
}

/** Written before anybody is added, so that a start cut short leaves nobody with a secret that nobody knows. */
async function keptSignIns(folder: DataFolder, procedures: string): Promise<SignIn[]> {
  const path = folder.in('sign-ins.json')
  const kept = await readFile(path, 'utf8').catch(() => null)
  if (kept !== null) return JSON.parse(kept) as SignIn[]
  const drawn = await drawSignIns(procedures)
  await writeFile(path, `${JSON.stringify(drawn, null, 2)}\n`, { mode: 0o600 })
  return drawn
}
