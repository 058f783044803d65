import * as fc from 'fast-check'

/** Mostly steps that end, in a case that shares: consents end, supervisors override, partners fall silent. */
export const sharingMove = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      at: fc.nat(),
      outcome: fc.nat(),
      user: fc.nat(),
      yes: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('withdraw' as const, 'override' as const),
      at: fc.nat(),
      n: fc.nat(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), hours: fc.constantFrom(20, 72, 240) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const), at: fc.nat() }) },
)
