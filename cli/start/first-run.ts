/** What a new training installation begins with: published procedures, settings, example partners and example staff. */

import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Sql } from '../../database/connect.ts'
import { makeInstallation } from '../../database/queries/installation.ts'
import { addPartner } from '../../database/queries/partners.ts'
import { publishProcedure } from '../../database/queries/procedures.ts'
import { firstSettings } from '../../database/queries/settings.ts'
import { addUser } from '../../database/queries/staff.ts'
import { compileProcedure, compileSettings, type Country, loadCountry } from '../../procedures/language/index.ts'

const ENGINE = 1

export interface SignIn {
  login: string
  name: string
  secret: string
  roles: { role: string; place: string }[]
}
const staffFile = z.strictObject({
  staff: z.array(
    z.strictObject({
      login: z.string(),
      name: z.string(),
      email: z.email(),
      language: z.enum(['fr', 'en']).default('fr'),
      holds: z.array(z.strictObject({ role: z.string(), place: z.string() })),
    }),
  ),
})

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

export async function firstRun(sql: Sql, folder: string, country: Country): Promise<SignIn[]> {
  await makeInstallation(sql, 'training', ENGINE)
  await firstSettings(sql, compileSettings(country, { version: 1, offsetMs: 0 }))
  await addExamplePartners(sql, country)
  return addExampleStaff(sql, folder)
}

async function addExamplePartners(sql: Sql, country: Country): Promise<void> {
  for (const [id, partner] of Object.entries(country.partners)) {
    const { name, place, telephone, email, agreement, services } = partner
    const row = { id, name: name.fr, place, phone: telephone, email: email ?? null, agreementUntil: agreement.until }
    await addPartner(sql, row, services)
  }
}

async function addExampleStaff(sql: Sql, folder: string): Promise<SignIn[]> {
  const { staff } = staffFile.parse(parse(await readFile(join(folder, 'staff.example.yaml'), 'utf8')))
  const signIns: SignIn[] = []
  for (const { holds, ...person } of staff) {
    const secret = randomBytes(9).toString('base64url')
    const id = `usr-${randomBytes(4).toString('hex')}`
    await addUser(sql, { ...person, id, secret }, holds)
    signIns.push({ login: person.login, name: person.name, secret, roles: holds })
  }
  return signIns
}
