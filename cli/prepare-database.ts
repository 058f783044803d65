/** Brings a database up to date: schema, the application's role, published procedures, the codec's canary. */

import { connect, type Sql } from '../database/connect.ts'
import type { KeyRing } from '../database/keys.ts'
import { migrate } from '../database/migrate.ts'
import { leaveCanary } from '../database/queries/canary.ts'
import { newestSettings } from '../database/queries/settings.ts'
import type { Country } from '../procedures/language/index.ts'
import { settingsWith } from './publish/plan.ts'
import { publish } from './start/first-run.ts'

export interface Preparing {
  /** Of the database itself, as its owner. */
  ownerUrl: string
  /** Whom the application signs in as. */
  application: { user: string; password: string }
  codecRing: KeyRing
  country: Country
  say: (line: string) => void
}

/** `fill` comes last, as the owner. */
export async function prepareDatabase(preparing: Preparing, fill: (owner: Sql) => Promise<void>): Promise<void> {
  const { ownerUrl, application, codecRing, country, say } = preparing
  const owner = connect(ownerUrl, { max: 1, as: 'owner' })
  try {
    // Another installer waits here until this connection ends, and then finds everything made.
    await owner`select pg_advisory_lock(hashtext('segin install'))`
    for (const name of await migrate(owner)) say(`migration ${name}`)
    await letIn(owner, application.user, application.password)
    const added = await publish(owner, country)
    if (added > 0) say(`${added} procedures published`)
    const settings = await newestSettings(owner)
    if (settings && settingsWith(settings, country))
      say('what cases know of the country has changed: `segin publish --run` tells them, once the engine runs')
    await leaveCanary(owner, codecRing)
    await fill(owner)
  } finally {
    await owner.end()
  }
}

/** The application's role owns nothing and cannot rewrite the ledger. */
async function letIn(owner: Sql, user: string, password: string): Promise<void> {
  const [known] = await owner`select 1 from pg_roles where rolname = ${user}`
  const [{ name, secret }] = await owner<[{ name: string; secret: string }]>`
    select format('%I', ${user}::text) as name, format('%L', ${password}::text) as secret`
  if (!known) await owner.unsafe(`create role ${name} login in role segin_app`)
  await owner.unsafe(`alter role ${name} password ${secret}`)
}
