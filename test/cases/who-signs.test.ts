import { describe, expect, it } from 'vitest'
import { besides, type Held, isRestricted, signersOf } from '../../cases/who-signs.ts'

const PLACES = { ml: null, kayes: 'ml', sikasso: 'ml' }
const CIRCLES = [
  ['focal', 'trained', 'national'],
  ['focal', 'trained', 'authority', 'national'],
  ['complaints', 'outside'],
]
const WANTED = { user: 'new', by: 'chief', role: 'focal', place: 'kayes' }
const held = (user: string, role: string, place = 'ml'): Held => ({ user, role, place })
const signers = (...all: Held[]): string[] => signersOf(WANTED, all, CIRCLES, PLACES).map(({ user }) => user)

describe('a role that opens restricted work', () => {
  it('is each that a restricted procedure names, and no other', () => {
    expect(['focal', 'authority', 'outside', 'supervisor'].map((role) => isRestricted(role, CIRCLES))).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
  it('stands beside those who see all that it would show, which need not hold the other way', () => {
    expect(besides('focal', CIRCLES)).toEqual(['trained', 'national'])
    expect(besides('authority', CIRCLES)).toEqual(['focal', 'trained', 'national'])
    expect(besides('complaints', CIRCLES)).toEqual(['outside'])
    expect(besides('supervisor', CIRCLES)).toEqual([])
  })
})

describe('a signature is that of', () => {
  it('who holds the role there or above, never elsewhere', () => {
    expect(signers(held('a', 'focal'), held('b', 'focal', 'kayes'), held('c', 'focal', 'sikasso'))).toEqual(['a', 'b'])
  })
  it('neither who asked nor who is to have it', () => {
    expect(signers(held('chief', 'focal'), held('new', 'focal'), held('a', 'focal'))).toEqual(['a'])
    expect(signers(held('chief', 'focal'), held('new', 'focal'))).toEqual([])
  })
  it('nobody else while one holder is left', () => {
    expect(signers(held('a', 'focal'), held('b', 'national'))).toEqual(['a'])
  })
  it('who holds a role beside it when no holder is left, never rank and never half of what it opens', () => {
    expect(signers(held('b', 'national'), held('c', 'supervisor'), held('d', 'authority'))).toEqual(['b'])
    expect(signers(held('c', 'national', 'sikasso'))).toEqual([])
  })
})
