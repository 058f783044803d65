/** A file of staff, and the secrets they sign in with for the first time. */

import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Sql } from '../database/connect.ts'
import { addUser } from '../database/queries/staff.ts'

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
export type Staff = z.infer<typeof staffFile>['staff']

export interface SignIn {
  login: string
  name: string
  secret: string
  roles: { role: string; place: string }[]
}

export async function readStaff(path: string): Promise<Staff> {
  return staffFile.parse(parse(await readFile(path, 'utf8'))).staff
}

export function drawSignIns(staff: Staff): SignIn[] {
  return staff.map(({ login, name, holds }) => {
    return { login, name, secret: randomBytes(9).toString('base64url'), roles: holds }
  })
}

/** Whoever is known already keeps their secret. */
export async function addStaff(sql: Sql, staff: Staff, signIns: SignIn[]): Promise<void> {
  const secrets = new Map(signIns.map(({ login, secret }) => [login, secret]))
  await Promise.all(
    staff.map(({ holds, ...person }) => {
      const id = `usr-${createHash('sha256').update(person.login).digest('hex').slice(0, 8)}`
      return addUser(sql, { ...person, id, secret: secrets.get(person.login) ?? '' }, holds)
    }),
  )
}
