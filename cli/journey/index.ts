/** `npm run journey`: one return from the airport to the last visit, over HTTP only, on the running installation. */

import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { charter } from './arrival.ts'
import { assessment } from './assessment.ts'
import { assemble } from './cast.ts'
import { centre } from './centre.ts'
import type { Body } from './client.ts'
import { closure, followUp } from './follow-up.ts'
import { referrals } from './referrals.ts'
import { Story } from './story.ts'
import { StoryWorld } from './world.ts'

const HELP = `npm run journey [-- --data-dir FOLDER]   tells one return on the running training installation

It moves the installation's date forward by about fourteen months; start anew with \`npm start -- --reset\`.`

export async function journey(args: string[], out: (line: string) => void): Promise<number> {
  const options = {
    'data-dir': { type: 'string', default: '.data' },
    help: { type: 'boolean', default: false },
  } as const
  const { values } = parseArgs({ args, options })
  if (values.help) {
    out(HELP)
    return 0
  }
  const began = Date.now()
  const story = new Story(out)
  const world = new StoryWorld(await assemble(resolve(values['data-dir'])), story)
  await world.lookAtDate()
  const mailsBefore = new Set((await world.mails()).map((mail) => mail.message_id))
  const number = await charter(world)
  await centre(world, number)
  await assessment(world, number)
  const signedOn = world.today
  await referrals(world, number)
  await followUp(world, number, signedOn)
  await closure(world, number)
  await told(world, number)
  await mails(world, number, mailsBefore)
  await invariants(world)
  out(`${((Date.now() - began) / 1000).toFixed(0)} s`)
  return story.end()
}

async function told(world: StoryWorld, number: string): Promise<void> {
  world.story.chapter('Le dossier, raconté par son journal')
  const { supervisor } = world.stage.cast
  const { entries } = await supervisor.get(`/api/v1/cases/${number}/timeline?limit=200`)
  for (const entry of (entries as Body[]).toReversed()) {
    world.story.tell(String(entry['happened']).slice(0, 10), String(entry['text']))
  }
}

/** What left because of the followed case, with its rung; and that nothing left twice. */
async function mails(world: StoryWorld, number: string, before: Set<string>): Promise<void> {
  world.story.chapter('Rappels, relances et avis de ce dossier')
  const { items } = await world.stage.cast.supervisor.get(`/api/v1/cases/${number}/notices`)
  for (const one of (items as Body[]).toReversed()) {
    const to = (one['to'] as Body)['role'] ?? 'partenaire ou personne désignée'
    const [due, notice, title, state] = [one['due'], one['notice'], one['title'], one['state']].map(String)
    world.story.tell(
      (due ?? '').slice(0, 10),
      `${(notice ?? '').padEnd(11)}${String(to).padEnd(34)}« ${title} » (${state})`,
    )
  }
  const sent = (await world.mails()).filter((mail) => !before.has(mail.message_id))
  const ids = sent.map((mail) => mail.message_id)
  world.story.tell('', `${sent.length} courriels en tout, chaque dossier compris`)
  world.story.expect('des rappels et des relances sont partis', sent.length > 0)
  world.story.expect('aucun courriel deux fois', new Set(ids).size === ids.length)
  world.story.expect(
    'aucun nom dans un objet de courriel',
    sent.every((mail) => !mail.subject.includes('Exemple')),
  )
}

async function invariants(world: StoryWorld): Promise<void> {
  world.story.chapter('Invariants')
  const answer = await world.stage.cast.coordination.get('/api/v1/invariants')
  for (const one of answer['invariants'] as Body[]) {
    world.story.expect(`${String(one['id'])} ${String(one['text'] ?? '')}`, one['holds'] === true)
  }
}
