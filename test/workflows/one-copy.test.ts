import { expect, it } from 'vitest'
import { NEWEST_ENGINE } from '../../cases/engines.ts'
import { FIRST_HASH } from '../../cases/chain.ts'
import { LiveCase } from '../../workflows/live-case.ts'
import type { CaseInput } from '../../workflows/messages.ts'
import { procedure, SETTINGS, task } from '../cases/build.ts'

const followed = procedure('t-copied', [task('work', { outcomes: { done: {} } })])
const { hash } = followed

/** Each comes out of the engine's payloads as a copy of its own. */
const inputOf = (caseId: string): CaseInput => ({
  caseId,
  engine: NEWEST_ENGINE,
  incarnation: 1,
  commitmentKey: '00',
  settings: SETTINGS,
  state: null,
  head: { seq: 0, hash: FIRST_HASH },
  shelf: { [hash]: structuredClone(followed) },
  spreadMs: 0,
})

it('cases that follow one procedure keep one copy of it, which none of them can change', async () => {
  const inputs = [inputOf('a'), inputOf('b')]
  const [one, other] = inputs.map(
    (input) =>
      new LiveCase(
        input,
        async () => [],
        () => {},
      ),
  )
  const copy = one?.shelf[hash]
  expect(copy).toEqual(followed)
  expect(other?.shelf[hash]).toBe(copy)
  for (const input of inputs) expect(input.shelf[hash]).toBe(copy)
  expect(() => copy?.steps.pop()).toThrow(TypeError)
})
