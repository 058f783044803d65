/** `segin install`: an installation on a database of your own, made on purpose and only once; later, its upgrade. */

import { writeFile } from 'node:fs/promises'
import { NEWEST_ENGINE } from '../cases/engines.ts'
import type { Sql } from '../database/connect.ts'
import { makeInstallation, readInstallation } from '../database/queries/installation.ts'
import { firstSettings } from '../database/queries/settings.ts'
import { compileSettings, type Country } from '../procedures/language/index.ts'
import { command, UsageWrong } from './command.ts'
import { ConfigurationWrong, configuration, readRing, refuseKeysBesideData } from './configuration.ts'
import { joinStaff } from './join-staff.ts'
import { prepareDatabase } from './prepare-database.ts'
import { addStaff, drawSignIns, readStaff } from './staff-file.ts'
import { countryOf } from './start/first-run.ts'

interface Wanted {
  kind: 'training' | 'service'
  staff: string
  signIns: string
}

export const install = command(
  {
    name: 'install',
    forms: ['--kind training|service --staff FILE --sign-ins FILE', '[--staff FILE --sign-ins FILE]'],
    says: `SEGIN_OWNER_DATABASE_URL names the database as its owner; the rest of the environment is that of api and worker.
On an installation that exists: migrations and new procedure versions; no option is needed. With --staff and --sign-ins,
people of the file who are not known yet are added.`,
    options: {
      kind: {
        type: 'string',
        value: 'training|service',
        says: 'service: real people; training: fictitious ones, and a date that can be moved. It never changes.',
      },
      staff: {
        type: 'string',
        value: 'FILE',
        says: 'people who may sign in, written like procedures/ml/staff.example.yaml',
      },
      'sign-ins': {
        type: 'string',
        value: 'FILE',
        says: 'where their first secrets are written (a new file, readable by its owner)',
      },
    },
  },
  async ({ values }, out) => {
    const settings = configuration()
    const ownerUrl = process.env['SEGIN_OWNER_DATABASE_URL']
    if (ownerUrl === undefined)
      throw new ConfigurationWrong('SEGIN_OWNER_DATABASE_URL is missing: `segin install --help` says what it is')
    const [codecRing, country] = await Promise.all([
      readRing(settings.SEGIN_KEYS, 'codec'),
      countryOf(settings.SEGIN_COUNTRY),
    ])
    const { username, password } = new URL(settings.SEGIN_DATABASE_URL)
    const application = { user: decodeURIComponent(username), password: decodeURIComponent(password) }
    await prepareDatabase({ ownerUrl, application, codecRing, country, say: out }, async (owner) => {
      const known = await readInstallation(owner)
      const wanted = known ? null : wantedOf(values.kind, values.staff, values['sign-ins'])
      refuseKeysBesideData(known?.kind ?? wanted?.kind ?? 'service', settings)
      if (known && values.kind !== undefined && values.kind !== known.kind)
        throw new ConfigurationWrong(`This is a ${known.kind} installation, and never becomes a ${values.kind} one`)
      if (wanted) await fill(owner, wanted, country, out)
      else {
        out(`this is a ${known?.kind} installation; it is up to date`)
        const { staff, 'sign-ins': signIns } = values
        if (staff !== undefined && signIns !== undefined) await joinStaff(owner, await readStaff(staff), signIns, out)
      }
    })
    return 0
  },
)

function wantedOf(kind: string | undefined, staff: string | undefined, signIns: string | undefined): Wanted {
  if ((kind !== 'training' && kind !== 'service') || staff === undefined || signIns === undefined) {
    throw new UsageWrong('A new installation needs --kind, --staff and --sign-ins')
  }
  return { kind, staff, signIns }
}

async function fill(owner: Sql, wanted: Wanted, country: Country, out: (line: string) => void): Promise<void> {
  const staff = await readStaff(wanted.staff)
  const signIns = drawSignIns(staff)
  await writeFile(wanted.signIns, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  await firstSettings(owner, compileSettings(country, { version: 1, offsetMs: 0 }))
  await addStaff(owner, staff, signIns)
  await makeInstallation(owner, wanted.kind, NEWEST_ENGINE)
  out(`a ${wanted.kind} installation with ${staff.length} people; their first secrets are in ${wanted.signIns}`)
}
