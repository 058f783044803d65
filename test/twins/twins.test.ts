/** Twin worlds: nobody who is not assigned can tell from any answer whether a restricted run exists. */

import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { actsInDocument, actsOn, batchesOver, compareActs } from './acts.ts'
import { compareMail, compareReading, type Difference, readingPaths } from './compare.ts'
import { begin, CHAPTERS, KEYS, type Twins } from './life.ts'
import { byDay } from '../depth.ts'
import { compareMetrics } from './metrics.ts'
import { knownIn } from './recipes.ts'

/** Nobody of these is assigned; the supervisor of Kayes is whom the complaint is about. */
const UNASSIGNED = [
  'pont.donnees',
  'boubacar.dembele',
  'modibo.sangare',
  'fatoumata.coulibaly',
  'moussa.traore',
  'nana.diakite',
  'ramata.cisse',
  'ibrahim.toure',
]
/** Those of them who have most to act on. */
const ACTING = ['boubacar.dembele', 'modibo.sangare', 'fatoumata.coulibaly', 'moussa.traore']

/** By day each takes a turn, one chapter in so many; by night all are asked in every chapter. */
const inTurn = (logins: string[], chapter: number, oneIn: number): string[] =>
  byDay(
    logins.filter((_, at) => (at + chapter) % oneIn === 0),
    logins,
  )

let twins: Twins
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  twins = await begin(inject('postgres'))
})
afterAll(async () => {
  vi.useRealTimers()
  await twins.end()
})

/** The first place where two answers part, with a little around it. */
const told = ({ login, path, a, b }: Difference): string => {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  const around = (text: string): string => text.slice(Math.max(0, at - 160), at + 200)
  return `${login} ${path}\n  A …${around(a)}\n  B …${around(b)}`
}

describe('in two worlds', () => {
  it('every GET and every act of the document has a recipe', () => {
    expect(readingPaths().length).toBeGreaterThan(30)
    expect(actsInDocument().length).toBeGreaterThan(10)
  })

  for (const [index, chapter] of CHAPTERS.entries())
    it(`${chapter.name}: nobody is answered anything else`, async () => {
      await chapter.live(twins)
      const known = await knownIn(twins.worlds, [...KEYS])
      for (const { metrics } of twins.worlds) await metrics()
      const late = CHAPTERS.slice(0, index + 1).flatMap(({ also = [] }) => also)
      const read = await compareReading(twins.worlds, [...inTurn(UNASSIGNED, index, 3), ...late], known, {
        seldom: index === CHAPTERS.length - 1,
      })
      const readers = new Set(UNASSIGNED.map((login) => `${login}@segin.example`))
      const mail = compareMail(twins.worlds, readers)
      const acts = await compareActs(twins.worlds, inTurn(ACTING, index, 4), actsOn(known, twins.number))
      const batches = await compareActs(twins.worlds, ['ibrahim.toure'], batchesOver(known))
      const metrics = await compareMetrics(twins.worlds)
      console.log(
        `${chapter.name}: ${read.answers} answers, ${acts.answers + batches.answers} previews and refusals, ${mail.answers} mails compared`,
      )
      const differences = [
        ...read.differences,
        ...acts.differences,
        ...batches.differences,
        ...mail.differences,
        ...metrics.differences,
      ]
      expect(differences.length, differences.slice(0, 12).map(told).join('\n')).toBe(0)
    }, 600_000)
})
