/** The people of the stories, signed in as the first run made them. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { overHttp, Person, type Reach } from '../../client/person.ts'
import type { Mail } from './world.ts'

const LOGINS = {
  desk: 'awa.keita',
  agent1: 'boubacar.dembele',
  agent2: 'kadiatou.sissoko',
  head: 'modibo.sangare',
  rescue: 'drissa.kone',
  finance: 'ramata.cisse',
  bamakoMedic: 'salif.coulibaly',
  bamakoSupervisor: 'mariam.doumbia',
  bamakoManager: 'hawa.maiga',
  manager: 'fatoumata.coulibaly',
  colleague: 'oumar.keita',
  supervisor: 'moussa.traore',
  deputy: 'nana.diakite',
  coordinator: 'aissata.diallo',
  antenna: 'sekou.sidibe',
  survey: 'djeneba.sow',
  medic: 'lassana.camara',
  employment: 'assitan.fofana',
  childOfficer: 'rokia.samake',
  judge: 'cheick.haidara',
  focal: 'oumou.sacko',
  commission: 'bakary.kante',
  coordination: 'ibrahim.toure',
  childPanel: 'aminata.dicko',
  psychologist: 'kadidia.sangare',
  complaints: 'souleymane.dao',
  outside: 'fanta.niare',
  appeals: 'amadou.sylla',
  trained: 'safiatou.berthe',
  authority: 'tidiani.maiga',
  antiTrafficking: 'mahamadou.cisse',
  iom: 'jean.mallet',
  goguiHead: 'mahamet.doucoure',
  goguiAgent: 'hawa.gassama',
  nioroSupervisor: 'kissima.tandia',
  nioroManager: 'fily.sacko',
  nioroAntenna: 'lassana.konate',
} as const
export type Cast = Record<keyof typeof LOGINS, Person>

/** Where a story is told: how its people reach the API, and where their mail is read. */
export interface Stage {
  reach: Reach
  cast: Cast
  /** In the order it came, after the one of that number. */
  mails: (after: number) => Promise<Mail[]>
}

export class NotRunning extends Error {
  readonly code = 'not_running'
}

/** Reads where the installation answers and its sign-ins; everything after that is HTTP. */
export async function assemble(dataDir: string): Promise<Stage> {
  const read = async <T>(name: string): Promise<T> => JSON.parse(await readFile(join(dataDir, name), 'utf8')) as T
  const state = await read<{ ports: { api: number; mail: number } }>('state.json').catch(() => {
    throw new NotRunning(`No installation in ${dataDir}: run \`npm start\` in another terminal first`)
  })
  const signIns = await read<{ login: string; secret: string }[]>('sign-ins.json')
  const base = `http://127.0.0.1:${state.ports.api}`
  await fetch(`${base}/api/v1/health`).catch(() => {
    throw new NotRunning(`Nothing answers at ${base}: run \`npm start\` in another terminal first`)
  })
  const reach = overHttp(base)
  const secretOf = (login: string): string => signIns.find((one) => one.login === login)?.secret ?? ''
  return {
    reach,
    cast: await castOf((login) => Person.signIn(reach, login, secretOf(login))),
    async mails(after) {
      const response = await fetch(`http://127.0.0.1:${state.ports.mail}/messages.json?after=${after}`)
      return (await response.json()) as Mail[]
    },
  }
}

export async function castOf(signedIn: (login: string) => Promise<Person>): Promise<Cast> {
  const entries = Object.entries(LOGINS).map(async ([part, login]) => [part, await signedIn(login)] as const)
  return Object.fromEntries(await Promise.all(entries)) as Cast
}
