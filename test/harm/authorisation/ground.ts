/** One followed case with everything that acts speak of, ordinary and restricted, and one person for each role and place. */

import { vi } from 'vitest'
import { loadLedger } from '../../../database/ledger.ts'
import { addToken, addUser } from '../../../database/queries/staff.ts'
import { type Person, personOf } from '../../api/installed-api.ts'
import { complete, itemOf, must, openCase } from '../../api/screens/clerk.ts'
import { BEGUN, userId } from '../../twins/life.ts'
import { firstWorld, type World } from '../../twins/world.ts'

/** Where the case is followed, where its centre is, where it never was, and over all of them. */
export const PLACES = { home: 'ml-kayes', centre: 'senou', elsewhere: 'ml-sikasso', country: 'ml' } as const
export type At = keyof typeof PLACES

export interface Ground {
  world: World
  roles: string[]
  number: string
  /** The same case before anything else, suspended. */
  suspended: string
  /** `task` also waits for a second signature. */
  items: Record<'task' | 'decision' | 'done' | 'extendable' | 'secret' | 'secretDone', string>
  consents: { ordinary: string; secret: string }
  arrival: string
  document: string
  manager: string
  /** Each of a fresh process, so that nobody uses up a limit. */
  askers(): (role: string, at: At) => Person
}

export async function ground(server: string): Promise<Ground> {
  vi.setSystemTime(BEGUN)
  const world = await firstWorld(server)
  const roles = Object.keys(world.country.roles)
  for (const role of roles) for (const at of Object.keys(PLACES) as At[]) await addStranger(world, role, at)
  const manager = await userId(world, 'fatoumata.coulibaly')
  const suspended = await followed(world, manager)
  await must(
    world
      .person('moussa.traore')
      .post(`/api/v1/cases/${suspended}/actions/suspend`, { review_on: '2026-12-15', reason: 'Absente' }),
  )
  const number = await followed(world, manager)
  const by = (login: string) => world.person(login)
  const act = (login: string, name: string, body: object) =>
    must(by(login).post(`/api/v1/cases/${number}/actions/${name}`, body))
  await complete(by('boubacar.dembele'), number, 'short_interview', 'done')
  await complete(by('ramata.cisse'), number, 'arrival_cash', 'paid')
  const referral = { procedure: 'ml-referral', answers: { family: 'health', urgency: '3d' } }
  await act('fatoumata.coulibaly', 'begin_procedure', referral)
  const proposed = (await itemOf(by('fatoumata.coulibaly'), number, 'need')) ?? ''
  const need = { family: 'health', urgency: '3d' }
  await act('moussa.traore', 'override_step', { step: proposed, outcome: 'done', answers: need, reason: 'Urgence' })
  await act('fatoumata.coulibaly', 'begin_procedure', { procedure: 'ml-closure', answers: {} })
  const done = (await itemOf(by('fatoumata.coulibaly'), number, 'proposal')) ?? ''
  await complete(by('fatoumata.coulibaly'), number, 'proposal', 'proposed', { reason: 'goals_reached' })
  await act('boubacar.dembele', 'begin_procedure', {
    procedure: 'ml-trafficking',
    answers: { report: 'Vu à la porte' },
  })
  const secretDone = (await itemOf(by('oumou.sacko'), number, 'signs')) ?? ''
  await complete(by('oumou.sacko'), number, 'signs', 'signs')
  await complete(by('oumou.sacko'), number, 'safety', 'safe')
  await complete(by('safiatou.berthe'), number, 'agreement', 'given')
  const steps = async (login: string, step: string) => (await itemOf(by(login), number, step)) ?? ''
  const arrival = await announced(world)
  return {
    world,
    roles,
    number,
    suspended,
    arrival,
    items: {
      task: proposed,
      decision: await steps('moussa.traore', 'approval'),
      done,
      extendable: await steps('modibo.sangare', 'onward_transport'),
      secret: await steps('oumou.sacko', 'return_risk'),
      secretDone,
    },
    consents: await consentsOf(world, number),
    document: await documentOf(by('fatoumata.coulibaly'), number),
    manager,
    askers: () => askersOf(world),
  }
}

async function announced(world: World): Promise<string> {
  const expected = new Date(BEGUN).toISOString().slice(0, 10)
  const flight = { place: PLACES.centre, channel: 'air', expected, headcount: 3 }
  const answer = await must(world.person('boubacar.dembele').post('/api/v1/arrivals', flight))
  return String(answer.body['id'])
}

async function documentOf(manager: Person, number: string): Promise<string> {
  const headers = { 'Content-Type': 'image/png', 'Upload-Length': '10' }
  return String((await must(manager.ask('POST', `/api/v1/cases/${number}/documents`, { headers }))).body['id'])
}

/** One that everybody who knows the case may read of, and one of the restricted run. */
async function consentsOf({ db }: World, number: string): Promise<Ground['consents']> {
  const [row] = await db.sql`select case_id from cases where number = ${number}`
  const ledger = await loadLedger(db.sql, db.ring, String(row?.['caseId']))
  const ids = (ledger?.entries ?? []).flatMap(({ event }) =>
    event.kind === 'consent_recorded' ? [event.consent.id] : [],
  )
  const secret = ids.find((id) => id.startsWith('trafficking-')) ?? ''
  return { ordinary: ids.find((id) => id !== secret) ?? '', secret }
}

function askersOf(world: World): (role: string, at: At) => Person {
  const app = world.app()
  return (role, at) => personOf(app, loginOf(role, at), tokenOf(role, at))
}

const loginOf = (role: string, at: At): string => `${role}.${at}`
export const tokenOf = (role: string, at: At): string => `sgt_role_${loginOf(role, at)}`
async function addStranger({ db }: World, role: string, at: At): Promise<void> {
  const login = loginOf(role, at)
  const user = { id: `usr-${login}`, login, name: login, email: `${login}@segin.example`, language: 'fr' as const }
  await addUser(db.sql, { ...user, secret: login }, [{ role, place: PLACES[at] }])
  const token = { id: `tok-${login}`, user: user.id, token: tokenOf(role, at), device: null }
  await addToken(db.sql, { ...token, expires: new Date('2200-01-01') })
}

export async function followed(world: World, manager: string): Promise<string> {
  const [agent, head] = [world.person('boubacar.dembele'), world.person('modibo.sangare')]
  const number = await openCase(agent)
  await complete(agent, number, 'triage', 'ours')
  await complete(agent, number, 'registration', 'registered', { destination: PLACES.home, safe_contact: true })
  await complete(head, number, 'admission', 'done')
  await complete(world.person('moussa.traore'), number, 'manager', 'assigned', { manager })
  return number
}
