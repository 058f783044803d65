import { defineConfig } from 'vitest/config'

/** Pure tests need nothing; `servers` tests get a real Postgres, and start Temporal and SMTP where they need them. */
const PURE = [
  'test/cases/**/*.test.ts',
  'test/procedures/**/*.test.ts',
  'test/docs/**/*.test.ts',
  'test/simulation/**/*.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: PURE,
          pool: 'threads',
          sequence: { groupOrder: 0 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'servers',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: PURE,
          globalSetup: ['test/global-setup.ts'],
          pool: 'forks',
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
