/** One case in two worlds: in B a report and a complaint, in A an ordinary discreet check in their place. */

import { vi } from 'vitest'
import { complete, must, openCase } from '../api/screens/clerk.ts'
import { firstWorld, twinsOf, type World } from './world.ts'

export const BEGUN = Date.parse('2026-11-23T08:00:00Z')
const HOUR = 3_600_000
export const KEYS = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const

export interface Twins {
  worlds: [World, World]
  number: string
  /** What is done in both; told apart where they differ. */
  both: (act: (world: World) => Promise<unknown>) => Promise<void>
  pass: (ms: number) => Promise<void>
  end: () => Promise<void>
}

/** Registered at the airport, paid, followed from Kayes, and about to leave the centre. */
async function past(world: World): Promise<string> {
  const [agent, head, supervisor] = ['boubacar.dembele', 'modibo.sangare', 'moussa.traore'].map(world.person)
  if (!agent || !head || !supervisor) throw new Error('nobody')
  const number = await openCase(agent)
  await complete(agent, number, 'triage', 'ours')
  await complete(agent, number, 'registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
  await complete(head, number, 'admission', 'done')
  await complete(agent, number, 'short_interview', 'done')
  await complete(world.person('ramata.cisse'), number, 'arrival_cash', 'paid')
  await complete(supervisor, number, 'manager', 'assigned', { manager: await userId(world, 'fatoumata.coulibaly') })
  await openCase(agent)
  return number
}

export async function userId({ db }: World, login: string): Promise<string> {
  const [row] = await db.sql`select id from users where login = ${login}`
  return String(row?.['id'])
}

export async function begin(server: string): Promise<Twins> {
  vi.setSystemTime(BEGUN)
  const first = await firstWorld(server)
  const number = await past(first)
  const worlds = await twinsOf(server, first)
  return {
    worlds,
    number,
    async both(act) {
      for (const world of worlds) await act(world)
    },
    async pass(ms) {
      const from = Date.now()
      for (const world of worlds) {
        vi.setSystemTime(from)
        await world.until(from + ms)
      }
    },
    async end() {
      for (const world of worlds) await world.end()
    },
  }
}

const procedure = (world: World, login: string, number: string, id: string, answers: object, key: string) =>
  must(
    world
      .person(login)
      .post(`/api/v1/cases/${number}/actions/begin_procedure`, { procedure: id, answers }, { 'Idempotency-Key': key }),
  )

export interface Chapter {
  name: string
  live: (twins: Twins) => Promise<void>
  /** Who is asked as well from now on: come to the case late, or no longer one of those who may know. */
  also?: string[]
}

/** After each the worlds are compared. */
export const CHAPTERS: Chapter[] = [
  {
    name: 'a report and a complaint have begun',
    async live({ worlds: [a, b], number, pass }) {
      await pass(HOUR)
      const report = { report: 'Vu à la porte' }
      await procedure(a, 'boubacar.dembele', number, 'ml-clearance', report, KEYS[0])
      await procedure(b, 'boubacar.dembele', number, 'ml-trafficking', report, KEYS[0])
      const about = await userId(b, 'moussa.traore')
      const complaint = { kind: 'delay', about, words: 'Il ne répond jamais' }
      await procedure(b, 'djeneba.sow', number, 'ml-complaint', complaint, KEYS[1])
      // As many checks as there are runs, so that all later ids are the same.
      await procedure(a, 'djeneba.sow', number, 'ml-clearance', report, KEYS[1])
      await pass(HOUR)
    },
  },
  {
    name: 'nobody has acted for a week: everything has escalated',
    live: ({ pass }) => pass(7 * 24 * HOUR),
  },
  {
    name: 'the departure is free',
    async live({ worlds: [a, b], number, both, pass }) {
      for (const _two of KEYS) await complete(a.person('oumou.sacko'), number, 'road', 'clear')
      const focal = b.person('oumou.sacko')
      await complete(focal, number, 'signs', 'signs')
      await complete(focal, number, 'safety', 'safe')
      await complete(focal, number, 'return_risk', 'may_go')
      const trained = b.person('safiatou.berthe')
      await complete(trained, number, 'agreement', 'given')
      await complete(trained, number, 'assistance', 'done')
      await procedure(a, 'safiatou.berthe', number, 'ml-clearance', {}, KEYS[0])
      await complete(a.person('safiatou.berthe'), number, 'road', 'clear')
      await complete(b.person('souleymane.dao'), number, 'reception', 'acknowledged')
      await pass(HOUR)
      await both((world) => complete(world.person('modibo.sangare'), number, 'onward_transport', 'left'))
      await pass(HOUR)
    },
  },
  {
    name: 'the engine has been away for a day and a half: nothing that fell due has spoken',
    live: () => Promise.resolve(void vi.setSystemTime(Date.now() + 36 * HOUR)),
  },
  {
    name: 'the closure waits',
    async live({ number, both, pass }) {
      await both(async (world) => {
        await procedure(world, 'fatoumata.coulibaly', number, 'ml-closure', {}, KEYS[0])
        await complete(world.person('fatoumata.coulibaly'), number, 'proposal', 'proposed', { reason: 'goals_reached' })
      })
      await both((world) => complete(world.person('moussa.traore'), number, 'approval', 'approved'))
      await both((world) => complete(world.person('fatoumata.coulibaly'), number, 'last_meeting', 'not_possible'))
      await pass(24 * HOUR)
    },
  },
  {
    name: 'the manager has handed over and the case has changed region',
    also: ['oumar.keita', 'mariam.doumbia', 'hawa.maiga'],
    async live({ number, both, pass }) {
      await both(async (world) => {
        const [from, to] = [await userId(world, 'fatoumata.coulibaly'), await userId(world, 'oumar.keita')]
        const leave = { from, to, reason: 'leave', until: '2026-12-20' }
        await must(world.person('moussa.traore').post('/api/v1/handovers', leave, { 'Idempotency-Key': KEYS[0] }))
      })
      await pass(HOUR)
      await both(async (world) => {
        await procedure(world, 'oumar.keita', number, 'ml-transfer', {}, KEYS[0])
        const asked = { to: 'ml-bamako', reason: 'family' }
        await complete(world.person('oumar.keita'), number, 'request', 'asked', asked)
        const manager = await userId(world, 'hawa.maiga')
        await complete(world.person('mariam.doumbia'), number, 'acceptance', 'accepted', { manager })
      })
      await pass(24 * HOUR)
    },
  },
  {
    name: 'somebody who might know no longer may',
    also: ['mahamadou.cisse'],
    async live({ both, pass }) {
      await both(async ({ db }) => {
        await db.sql`update holdings set until = '2026-11-30' where user_id = (select id from users where login = 'mahamadou.cisse')`
      })
      await pass(HOUR)
    },
  },
  {
    name: 'everything has ended',
    async live({ worlds: [a, b], number, pass }) {
      for (const _three of [...KEYS, 'help']) await complete(a.person('oumou.sacko'), number, 'closing', 'clear')
      await complete(b.person('oumou.sacko'), number, 'follow_up', 'over')
      await complete(b.person('souleymane.dao'), number, 'inquiry', 'done')
      await complete(b.person('fanta.niare'), number, 'answer', 'partly')
      await complete(b.person('souleymane.dao'), number, 'answer_told', 'told')
      await pass(24 * HOUR)
    },
  },
]
