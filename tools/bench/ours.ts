import type { TestInstallation } from '../../test/installation.ts'
import { openDoor } from './door.ts'

export interface Ours {
  /** A case whose one step can be done for ever, over HTTP with a keep-alive connection. */
  open(): Promise<{ number: string; step(): Promise<void>; screen(): Promise<void> }>
  /** A case of the day whose one deadline is at four in the afternoon. */
  waits(day: string): Promise<void>
  end(): Promise<void>
}

export async function startOurs(here: TestInstallation, kind?: 'training' | 'service'): Promise<Ours> {
  const door = await openDoor(here, kind)
  const who = here.signIns.find((one) => one.roles.some(({ role }) => role === 'registration_agent'))
  const [user] = await here.db.sql`select id from users where login = ${who?.login ?? ''}`
  const agent = String(user?.['id'])
  return {
    async open() {
      const answers = { arrived_on: new Date().toISOString().slice(0, 10), centre: 'senou' }
      const ask = await door.client(agent)
      const opened = await ask('POST', '/cases', { opening: 'ml-bench', place: 'senou', answers })
      const number = String(opened['number'])
      let [{ id }] = opened['opened'] as [{ id: string }]
      return {
        number,
        async step() {
          const done = await ask('POST', `/cases/${number}/actions/complete_step`, {
            step: id,
            outcome: 'again',
            answers: { count: 1 },
          })
          ;[{ id }] = done['opened'] as [{ id: string }]
        },
        async screen() {
          await ask('GET', `/work/${id}`)
        },
      }
    },
    async waits(day) {
      const ask = await door.client(agent)
      const answers = { arrived_on: day, centre: 'senou' }
      await ask('POST', '/cases', { opening: 'ml-rung', place: 'senou', answers })
    },
    end: () => door.end(),
  }
}
