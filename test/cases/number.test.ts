import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseNumber, isMiscopied, normalNumber } from '../../cases/number.ts'

const random = fc.integer({ min: 0, max: 999_999 })
const year = fc.integer({ min: 2025, max: 2060 })
const numbers = fc.tuple(year, random).map(([of, value]) => caseNumber(of, value))
const seeded = { seed: 11, numRuns: 500 }

describe('the number of a case', () => {
  it('is the year, six digits and a check digit', () => {
    fc.assert(
      fc.property(year, random, (of, value) => {
        const number = caseNumber(of, value)
        expect(number).toMatch(/^\d{2}-\d{4}-\d{3}$/)
        expect(number.slice(0, 2)).toBe(String(of % 100))
        expect(Number(number.replaceAll('-', '').slice(2, 8))).toBe(value)
      }),
      seeded,
    )
  })

  it('is read with or without dashes, spaces or dots', () => {
    fc.assert(
      fc.property(numbers, fc.constantFrom('', ' ', '.', '-', '–'), (number, joint) => {
        expect(normalNumber(number.replaceAll('-', joint))).toBe(number)
      }),
      seeded,
    )
  })

  it('finds every slip of one digit', () => {
    fc.assert(
      fc.property(numbers, fc.nat(8), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const digits = [...number.replaceAll('-', '')]
        digits[at] = String((Number(digits[at]) + by) % 10)
        expect(normalNumber(digits.join(''))).toBeNull()
      }),
      seeded,
    )
  })

  it('finds every swap of two digits that stand beside each other', () => {
    fc.assert(
      fc.property(numbers, fc.nat(7), (number, at) => {
        const digits = [...number.replaceAll('-', '')]
        const [one, two] = [digits[at] ?? '', digits[at + 1] ?? '']
        fc.pre(one !== two)
        digits.splice(at, 2, two, one)
        expect(normalNumber(digits.join(''))).toBeNull()
      }),
      seeded,
    )
  })

  it.each(['', 'abc', '26-3416', '26-3416-7244', 'senou-2026-11-23-1'])('is not %j', (typed) => {
    expect(normalNumber(typed)).toBeNull()
  })

  it('is miscopied when its digits are not nine, or do not go together', () => {
    const number = caseNumber(2026, 341_672)
    const wrong = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`
    for (const typed of [wrong, wrong.replaceAll('-', ' '), number.slice(0, -1), `${number}7`])
      expect(isMiscopied(typed), typed).toBe(true)
    for (const typed of [number, '', 'abc', 'senou-2026-11-23-1', '26-34'])
      expect(isMiscopied(typed), typed).toBe(false)
  })
})
