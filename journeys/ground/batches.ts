/** One act over many cases, as coordination asks for it: seen first, then begun, then lifted. */

import type { Body, Person } from '../../client/person.ts'
import type { StoryWorld } from '../telling/world.ts'

const BATCHES = '/api/v1/batches'

export const previewed = (by: Person, body: Body): Promise<Body> => by.post(`${BATCHES}?preview=true`, body)

export async function begun(world: StoryWorld, by: Person, body: Body): Promise<Body> {
  return toldWhenSettled(world, by, await by.post(BATCHES, body))
}

/** By the action that the batch itself offers. */
export async function lifted(world: StoryWorld, by: Person, batch: Body): Promise<Body> {
  const known = await by.get(String(batch['href']))
  const [lift] = known['actions'] as Body[]
  if (lift === undefined) throw new Error(`${by.name} is not offered to lift ${String(batch['href'])}`)
  return toldWhenSettled(world, by, await by.post(String(lift['href']), {}))
}

async function toldWhenSettled(world: StoryWorld, by: Person, first: Body): Promise<Body> {
  let answer = first
  for (let tries = 0; answer['status'] === 'running' || answer['status'] === 'lifting'; tries += 1) {
    if (tries > 600) throw new Error(`${String(first['href'])} does not end`)
    await world.moment(200)
    answer = await by.get(String(first['href']))
  }
  world.story.tell(world.today, `${by.name} : ${String(answer['text'])}`)
  return answer
}

/** Why cases stay as they are, by code. */
export const leftOut = (answer: Body): Record<string, string[]> =>
  Object.fromEntries(
    (answer['reasons'] as Body[]).map((one) => [
      String(one['code']),
      (one['cases'] as Body[]).map((each) => String(each['number'])),
    ]),
  )
