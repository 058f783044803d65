/** One journey told to its end, and what must hold after every one of them. */

import type { Body } from '../../client/person.ts'
import type { Story } from './story.ts'
import type { StoryWorld } from './world.ts'

export interface Journey {
  /** As it is asked for on the command line. */
  name: string
  title: string
  tell(world: StoryWorld): Promise<void>
}

export async function told(journey: Journey, world: StoryWorld): Promise<void> {
  const { story } = world
  const began = performance.now()
  story.title(journey.title)
  await world.lookAtDate()
  const last = (await world.mails()).at(-1)?.id ?? 0
  await journey.tell(world)
  story.chapter('Ce qui doit toujours être vrai')
  const mails = await world.mails(last)
  const ids = (await world.mails()).map((mail) => mail.message_id)
  story.expect(`${mails.length} courriels partis, aucun deux fois`, new Set(ids).size === ids.length)
  story.expect(
    'aucun nom dans un objet de courriel',
    mails.every((mail) => !mail.subject.includes('Exemple')),
  )
  await invariants(world, story)
  story.tell(world.today, `${((performance.now() - began) / 1000).toFixed(0)} s`)
}

async function invariants(world: StoryWorld, story: Story): Promise<void> {
  const answer = await world.cast.coordination.get('/api/v1/invariants')
  const broken = (answer['invariants'] as Body[]).filter((one) => one['holds'] !== true)
  story.expect('tous les invariants tiennent', broken.length === 0 && answer['holds'] === true)
  for (const one of broken) story.expect(`${String(one['id'])} ${String(one['text'])}`, false)
}
