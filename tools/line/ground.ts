/** What there is to look at, made beside the slow line: thirty people who arrived, whose first steps are late by now. */

import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Body, overHttp, Person } from '../../client/person.ts'
import type { SignIn } from '../../cli/start/first-run.ts'

const CASES = 30
const DAYS = 3

export interface Ground {
  signIns: Map<string, string>
  desk: string
  supervisor: string
}

export async function layGround(base: string, dataFolder: string): Promise<Ground> {
  const file = JSON.parse(await readFile(join(dataFolder, 'sign-ins.json'), 'utf8')) as SignIn[]
  const signIns = new Map(file.map(({ login, secret }) => [login, secret]))
  const ground = { signIns, desk: 'boubacar.dembele', supervisor: 'modibo.sangare' }
  const desk = await Person.signIn(overHttp(base), ground.desk, signIns.get(ground.desk) ?? '')
  const me = await desk.get('/api/v1/me')
  const today = String((me['installation'] as Body)['business_date'])
  for (let row = 0; row < CASES; row += 1) {
    const answers = {
      name: `${NAMES[row % NAMES.length]} ${FAMILIES[row % FAMILIES.length]}`,
      birth: String(1960 + row),
    }
    const body = {
      opening: 'ml-reception',
      place: 'senou',
      answers: { ...answers, arrived_on: today, centre: 'senou' },
    }
    await desk.post('/api/v1/cases', body, randomUUID())
  }
  let moved = await desk.post('/api/v1/training/advances', { by: { amount: DAYS, unit: 'days' } })
  while (moved['status'] !== 'done') {
    await pause(250)
    moved = await desk.get(String(moved['href']))
  }
  return ground
}

const NAMES = ['Awa', 'Ibrahim', 'Fanta', 'Moussa', 'Kadidia', 'Sekou', 'Rokia']
const FAMILIES = ['Diarra', 'Traoré', 'Coulibaly', 'Keïta', 'Sangaré', 'Dembélé', 'Cissé', 'Maïga', 'Touré']
