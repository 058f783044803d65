import { describe, expect, it } from 'vitest'
import { type Portion, shareOut, type Successor } from '../../cases/share-out.ts'

const PLACES = { ml: null, 'ml-kayes': 'ml', diema: 'ml-kayes', 'ml-bamako': 'ml' }
const successor = (user: string, cases: number, limit = 60, place = 'ml-kayes', role = 'case_manager'): Successor => ({
  user,
  holds: [{ role, place }],
  cases,
  limit,
})
const portions = (count: number, place = 'diema'): Portion[] =>
  Array.from({ length: count }, (_, index) => ({
    caseId: `c${index}`,
    from: 'fatou',
    manager: true,
    needs: [{ roles: ['case_manager'], place }],
  }))

describe('work that is shared out', () => {
  it('goes to whoever has most room, so that nobody is beyond their caseload', () => {
    const shares = shareOut(portions(10), [successor('a', 55), successor('b', 53)], PLACES, false)
    const to = shares.kind === 'shared' ? shares.given.map((one) => one.to) : []
    expect([to.filter((one) => one === 'a').length, to.filter((one) => one === 'b').length]).toEqual([4, 6])
  })
  it('is refused beyond the caseloads, with the room that each has, unless it is wanted', () => {
    const successors = [successor('a', 58), successor('b', 61)]
    expect(shareOut(portions(5), successors, PLACES, false)).toEqual({
      kind: 'over_limit',
      over: 3,
      room: [
        { user: 'a', room: 2 },
        { user: 'b', room: -1 },
      ],
    })
    expect(shareOut(portions(5), successors, PLACES, true)).toMatchObject({ kind: 'shared' })
  })
  it('goes only to who holds the role there', () => {
    const shares = shareOut(portions(2), [successor('far', 0, 60, 'ml-bamako'), successor('near', 50)], PLACES, false)
    expect(shares).toMatchObject({ given: [{ to: 'near' }, { to: 'near' }] })
    const missing = [{ roles: ['case_manager'], place: 'ml-bamako' }]
    expect(shareOut(portions(1, 'ml-bamako'), [successor('near', 0)], PLACES, false)).toEqual({
      kind: 'role_missing',
      missing,
    })
  })
  it('counts cases, not single steps, against the caseload', () => {
    const step: Portion = { caseId: 'c', from: 'fatou', manager: false, needs: [{ roles: [], place: 'diema' }] }
    expect(shareOut([step], [successor('full', 60)], PLACES, false)).toMatchObject({ kind: 'shared' })
  })
})
