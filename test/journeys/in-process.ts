/** Installations for stories in this process: the API without a wire, the engine without a server, the test's clock. */

import { vi } from 'vitest'
import { Person, type Reach } from '../../client/person.ts'
import { castOf, type Stage } from '../../journeys/telling/cast.ts'
import type { Mail } from '../../journeys/telling/world.ts'
import type { MailServer } from '../worker/mail-server.ts'
import { copiesOf, firstWorld, tokenOf, type World } from '../twins/world.ts'

const A_MOMENT_MS = 1_000

export interface Installations {
  /** A new one, in which nothing has happened yet; it takes the place of the one before. */
  begin: () => Promise<World>
  end: () => Promise<void>
}

export async function installationsOn(server: string): Promise<Installations> {
  const first = await firstWorld(server)
  const copy = await copiesOf(server, first)
  let last: World | null = null
  return {
    async begin() {
      await last?.end()
      last = await copy()
      return last
    },
    async end() {
      await last?.end()
      await first.end()
    },
  }
}

/** With an API of its own, so that no story uses up the limits of the next. */
export async function stageOf(world: World): Promise<Stage> {
  const app = world.app()
  const reach: Reach = {
    async ask(path, init) {
      if (init.method === 'GET') return app.request(path, init)
      // Nobody does two things in one instant.
      vi.setSystemTime(Date.now() + A_MOMENT_MS)
      const answer = await app.request(path, init)
      // The relay never sleeps long: what an act tells leaves before the next.
      await world.mailed()
      return answer
    },
    moment: () => world.rounds(),
  }
  return {
    reach,
    cast: await castOf((login) => Person.holding(reach, tokenOf(login))),
    mails: (after) => Promise.resolve(caught(world.mails).slice(after)),
  }
}

/** As the catcher of a training installation numbers and shows them. */
const caught = (mails: MailServer['mails']): Mail[] =>
  mails.map((mail, index) => ({
    id: index + 1,
    to: [mail.to ?? []]
      .flat()
      .flatMap((list) => list.value.map((one) => one.address ?? ''))
      .join(', '),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    message_id: mail.messageId ?? '',
  }))
