/** Who asks: one person for each role of the country, somebody without a token, and a partner with a link. */

import { covers } from '../../cases/places.ts'
import type { SignIn } from '../../cli/start/first-run.ts'
import { compileSettings, type Country } from '../../procedures/language/index.ts'
import { ask } from '../chaos/insist.ts'
import { type Ground, RESTRICTED } from './ground.ts'

export interface Asker {
  /** As in the table: a role, or what they have instead of one. */
  name: string
  headers: Record<string, string>
  /** What is asked: the whole API, or what stands behind the partner's link. */
  door: 'api' | 'link'
  /** Words that no answer to them may hold. */
  hidden: string[]
}
/** Where the case was received and is followed. */
const NEAR = ['senou', 'ml-kayes']
const NOBODY = 'no token'

/** Throws for a role that nobody of the example staff has. */
export async function askersOf(base: string, country: Country, signIns: SignIn[], ground: Ground): Promise<Asker[]> {
  const { words } = ground
  const every = [...words.ordinary, ...words.restricted]
  const outside = { headers: {}, hidden: every }
  const partner = { ...outside, door: 'link' as const }
  const staff: Asker[] = []
  for (const role of Object.keys(country.roles)) {
    const token = await tokenOf(base, holderOf(role, country, signIns))
    const known = (await ask({ base, token }, `/api/v1/cases/${ground.number}`)).status === 200
    const hidden = !known ? every : mayKnow(role, country) ? [] : words.restricted
    staff.push({ name: role, headers: { Authorization: `Bearer ${token}` }, door: 'api', hidden })
  }
  return [
    { ...outside, name: NOBODY, door: 'api' },
    ...staff,
    { ...partner, name: 'partner (page)' },
    { ...partner, name: 'partner (program)', headers: { Accept: 'application/json' } },
  ]
}

const mayKnow = (role: string, { procedures }: Country): boolean =>
  procedures[RESTRICTED]?.visible_to?.includes(role) === true

function holderOf(role: string, country: Country, signIns: SignIn[]): SignIn {
  const { places } = compileSettings(country, { version: 1, offsetMs: 0 })
  const near = (place: string): boolean => NEAR.some((one) => covers(place, one, places))
  const holders = signIns.filter(({ roles }) => roles.some((held) => held.role === role))
  const found = holders.find(({ roles }) => roles.some((held) => held.role === role && near(held.place))) ?? holders[0]
  if (!found) throw new Error(`nobody of the example staff is ${role}`)
  return found
}

async function tokenOf(base: string, { login, secret }: SignIn): Promise<string> {
  const body = JSON.stringify({ user: login, secret, device: 'fuzz' })
  const signed = await ask({ base, token: 'none' }, '/api/v1/tokens', { method: 'POST', body })
  if (signed.status !== 201) throw new Error(`${login} cannot sign in: ${signed.status}`)
  return String(signed.body['token'])
}
