import { expect } from 'vitest'
import type { Stage } from '../../journeys/telling/cast.ts'
import { Story } from '../../journeys/telling/story.ts'
import { type Journey, told } from '../../journeys/telling/tell.ts'
import { shifted, StoryWorld } from '../../journeys/telling/world.ts'

/** Agreements and holidays are known for a while only: after so many months a story begins on a new installation. */
const MONTHS_TOLD = 3

export const dateOf = (stage: Stage): Promise<string> => new StoryWorld(stage, new Story(() => {})).lookAtDate()
/** Where a story that begins later than this would run out of agreements. */
export const lastBeginning = async (stage: Stage): Promise<string> => shifted(await dateOf(stage), MONTHS_TOLD, 0)

/** Tells one journey to its end: each of its expectations holds, and all that must hold after every one of them. */
export async function tellOne(journey: Journey, stage: Stage): Promise<void> {
  const lines: string[] = []
  const story = new Story((line) => lines.push(line))
  await told(journey, new StoryWorld(stage, story)).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${lines.slice(-20).join('\n')}`, { cause: error })
  })
  expect(lines.filter((line) => line.includes('✗'))).toEqual([])
  expect(story.end()).toBe(0)
}
