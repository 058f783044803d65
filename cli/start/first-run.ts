/** What a new training installation begins with: published procedures, settings, example partners and example staff. */

import { createHash, randomBytes } from 'node:crypto'
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

/** Names every example person and draws a secret for each. */
export async function drawSignIns(folder: string): Promise<SignIn[]> {
  return (await exampleStaff(folder)).map(({ login, name, holds }) => {
    return { login, name, secret: randomBytes(9).toString('base64url'), roles: holds }
  })
}

/** Can be done again when it was cut short: the installation is made last. */
export async function firstRun(sql: Sql, folder: string, country: Country, drawn?: SignIn[]): Promise<SignIn[]> {
  const signIns = drawn ?? (await drawSignIns(folder))
  await firstSettings(sql, compileSettings(country, { version: 1, offsetMs: 0 }))
  await addExamplePartners(sql, country)
  await addExampleStaff(sql, folder, signIns)
  await makeInstallation(sql, 'training', ENGINE)
  return signIns
}

async function addExamplePartners(sql: Sql, country: Country): Promise<void> {
  for (const [id, partner] of Object.entries(country.partners)) {
    const { name, place, telephone, email, agreement, services } = partner
    const row = { id, name: name.fr, place, phone: telephone, email: email ?? null, agreementUntil: agreement.until }
    await addPartner(sql, row, services)
  }
}

async function addExampleStaff(sql: Sql, folder: string, signIns: SignIn[]): Promise<void> {
  const secrets = new Map(signIns.map(({ login, secret }) => [login, secret]))
  const staff = await exampleStaff(folder)
  await Promise.all(
    staff.map(({ holds, ...person }) => {
      const id = `usr-${createHash('sha256').update(person.login).digest('hex').slice(0, 8)}`
      return addUser(sql, { ...person, id, secret: secrets.get(person.login) ?? '' }, holds)
    }),
  )
}

async function exampleStaff(folder: string): Promise<z.infer<typeof staffFile>['staff']> {
  return staffFile.parse(parse(await readFile(join(folder, 'staff.example.yaml'), 'utf8'))).staff
}
