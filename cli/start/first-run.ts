/** What a new training installation begins with: published procedures, settings, example partners and example staff. */

import { join } from 'node:path'
import { addMonths, dayOf } from '../../cases/clocks/civil.ts'
import { NEWEST_ENGINE } from '../../cases/engines.ts'
import type { Sql } from '../../database/connect.ts'
import { makeInstallation } from '../../database/queries/installation.ts'
import { addPartner } from '../../database/queries/partners.ts'
import { publishProcedure } from '../../database/queries/procedures.ts'
import { firstSettings } from '../../database/queries/settings.ts'
import { compileProcedure, compileSettings, type Country, loadCountry } from '../../procedures/language/index.ts'
import { addStaff, drawSignIns, readStaff, type SignIn, type Staff } from '../staff-file.ts'

export type { SignIn } from '../staff-file.ts'

export class ProceduresBroken extends Error {
  readonly code = 'procedures_broken'
}

/** The country of a folder; refuses to start on one that `segin check` would refuse. */
export async function countryOf(folder: string): Promise<Country> {
  const { country, problems } = await loadCountry(folder)
  if (country && problems.length === 0) return country
  throw new ProceduresBroken(`${folder} has ${problems.length} problems: run \`npm run segin -- check ${folder}\``)
}

/** Publishes what is new in the folder; a changed published version is refused. */
export async function publish(sql: Sql, country: Country): Promise<number> {
  let added = 0
  for (const document of Object.values(country.procedures)) {
    if (await publishProcedure(sql, compileProcedure(document, country), document)) added += 1
  }
  return added
}

export const exampleStaff = (folder: string): Promise<Staff> => readStaff(join(folder, 'staff.example.yaml'))

/** Can be done again when it was cut short: the installation is made last. */
export async function firstRun(sql: Sql, folder: string, country: Country, drawn?: SignIn[]): Promise<SignIn[]> {
  const staff = await exampleStaff(folder)
  const signIns = drawn ?? drawSignIns(staff)
  await firstSettings(sql, compileSettings(country, { version: 1, offsetMs: 0 }))
  await addExamplePartners(sql, country)
  await addStaff(sql, staff, signIns)
  await makeInstallation(sql, 'training', NEWEST_ENGINE)
  return signIns
}

async function addExamplePartners(sql: Sql, country: Country): Promise<void> {
  for (const [id, partner] of Object.entries(country.partners)) {
    const { name, place, telephone, email, agreement, services } = partner
    const agreementUntil = 'until' in agreement ? agreement.until : addMonths(dayOf(Date.now()), agreement.months)
    const row = { id, name: name.fr, place, phone: telephone, email: email ?? null, agreementUntil }
    await addPartner(sql, row, services)
  }
}
