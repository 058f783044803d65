/** Lint, and the walls of the house: what each room may import is in `WALLS`, and nowhere else. */

import { defineConfig, type OxlintOverride } from 'oxlint'

interface Wall {
  /** Rooms of ours that this one imports; every other is closed to it. */
  sees: readonly string[]
  /** Packages that do not belong here. */
  without?: readonly string[]
}

const HTTP = ['hono', 'hono/*', '@hono/*']
const TEMPORAL = ['@temporalio/*']

const WALLS = {
  procedures: { sees: [] },
  cases: { sees: ['procedures'], without: ['node:*', ...TEMPORAL, ...HTTP, 'postgres', 'zod', 'yaml'] },
  workflows: { sees: ['cases', 'procedures'], without: ['node:*', ...HTTP, 'postgres', 'zod', 'yaml'] },
  database: { sees: ['cases', 'procedures'], without: [...TEMPORAL, ...HTTP] },
  activities: { sees: ['cases', 'procedures', 'database', 'workflows'] },
  worker: { sees: ['cases', 'procedures', 'database', 'workflows', 'activities'] },
  console: { sees: ['cases', 'procedures'], without: [...TEMPORAL, 'postgres'] },
  api: { sees: ['cases', 'procedures', 'database', 'workflows', 'console'] },
  simulation: { sees: ['cases', 'procedures'] },
  client: { sees: [] },
  journeys: { sees: ['client'] },
  local: { sees: [] },
  cli: {
    sees: [
      'cases',
      'procedures',
      'database',
      'workflows',
      'activities',
      'worker',
      'api',
      'console',
      'simulation',
      'client',
      'journeys',
      'local',
    ],
  },
} satisfies Record<string, Wall>
/**
 * The rooms of api/, from the floor up: what each imports of the others. Files at the root of api/ put the rooms
 * together; they import every room, and no room imports them.
 */
const API_ROOMS: Record<string, readonly string[]> = {
  context: [],
  problems: ['context'],
  openapi: ['context', 'problems'],
  middleware: ['context', 'problems', 'openapi'],
  auth: ['context', 'problems', 'openapi'],
  case: ['context', 'problems'],
  texts: ['context', 'case'],
  acts: ['context', 'problems', 'openapi', 'auth', 'case', 'texts'],
  health: ['context', 'problems', 'openapi', 'case', 'texts'],
  grants: ['context', 'problems', 'openapi', 'auth', 'case', 'texts'],
  intake: ['context', 'problems', 'openapi', 'auth', 'case', 'texts', 'acts'],
  bulk: ['context', 'problems', 'openapi', 'auth', 'case', 'texts', 'acts'],
  links: ['context', 'problems', 'openapi', 'middleware', 'auth', 'case', 'texts', 'acts'],
  screens: ['context', 'problems', 'openapi', 'auth', 'case', 'texts', 'acts', 'health', 'grants'],
  feed: ['context', 'problems', 'openapi', 'auth', 'case'],
  documents: ['context', 'problems', 'openapi', 'auth', 'case'],
  pages: ['context', 'problems', 'openapi', 'acts'],
}
/** What proves the product; the product never leans on it. */
const PROOFS = ['test', 'tools']
const ROOMS = [...Object.keys(WALLS), ...PROOFS]

/** Files of api/ that still narrow a type by assertion; a file that stops goes from here, and none comes. */
const STILL_ASSERT = [
  'api/acts/act.ts',
  'api/acts/answer-body.ts',
  'api/acts/send.ts',
  'api/acts/split-answers.ts',
  'api/acts/training-telephones.ts',
]

const closedTo = ({ room, sees, without = [] }: Wall & { room: string }) => {
  const closed = ROOMS.filter((other) => other !== room && !sees.includes(other)).map((other) => `**/${other}/**`)
  return [
    { group: closed, message: `${room}/ may import of ours: ${sees.join(', ') || 'nothing'} (oxlint.config.ts)` },
    ...(without.length === 0 ? [] : [{ group: [...without], message: `not in ${room}/ (oxlint.config.ts)` }]),
  ]
}

const wallOf = ([room, wall]: [string, Wall]): OxlintOverride => ({
  files: [`${room}/**/*.ts`, `${room}/**/*.tsx`],
  rules: { 'no-restricted-imports': ['error', { patterns: closedTo({ room, ...wall }) }] },
})

/** A later override replaces the rule for its files, so a room of api/ repeats the wall of api/ itself. */
const apiWallOf = ([room, sees]: [string, readonly string[]]): OxlintOverride => {
  const closed = Object.keys(API_ROOMS).filter((other) => other !== room && !sees.includes(other))
  const message = `api/${room}/ may import of api/: ${sees.join(', ') || 'nothing'} (oxlint.config.ts)`
  // Only the folder right after the dots is a room of api/: `cases/acts/` is none.
  const patterns = [
    { regex: `^(\\.\\./)+(${closed.join('|')})/`, message },
    { regex: '^(\\.\\./)+(app|make-deps)\\.ts$', message },
  ]
  return {
    files: [`api/${room}/**/*.ts`, `api/${room}/**/*.tsx`],
    rules: {
      'no-restricted-imports': ['error', { patterns: [...closedTo({ room: 'api', ...WALLS.api }), ...patterns] }],
    },
  }
}

export default defineConfig({
  plugins: ['typescript', 'import', 'promise', 'unicorn', 'oxc'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist', '.data', 'node_modules', 'client/api.d.ts'],
  rules: {
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/consistent-type-imports': 'error',
    'typescript/no-unsafe-type-assertion': 'off',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'import/no-unassigned-import': 'off',
    'max-lines': ['error', 300],
    'no-console': 'error',
    'no-underscore-dangle': 'off',
    'no-shadow': 'off',
    'no-await-in-loop': 'off',
    'unicorn/no-array-sort': 'error',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-array-reverse': 'error',
    'unicorn/no-empty-file': 'error',
    'typescript/consistent-return': 'off',
    'consistent-return': 'off',
    'typescript/no-unnecessary-type-parameters': 'off',
    'typescript/no-unnecessary-boolean-literal-compare': 'off',
    'typescript/no-unnecessary-type-conversion': 'off',
    'unicorn/no-thenable': 'off',
    'typescript/no-base-to-string': 'off',
    'typescript/unbound-method': 'off',
    'promise/always-return': 'off',
    'promise/no-promise-in-callback': 'off',
    'typescript/no-misused-spread': 'off',
    'typescript/no-redundant-type-constituents': 'off',
    'typescript/no-duplicate-type-constituents': 'off',
    'typescript/no-unsafe-enum-comparison': 'off',
    'typescript/no-unnecessary-type-assertion': 'off',
    'import/no-named-as-default-member': 'off',
    'typescript/require-array-sort-compare': 'off',
  },
  overrides: [
    ...Object.entries(WALLS).map(wallOf),
    ...Object.entries(API_ROOMS).map(apiWallOf),
    { files: ['api/**/*.ts', 'api/**/*.tsx'], rules: { 'typescript/no-unsafe-type-assertion': 'error' } },
    { files: STILL_ASSERT, rules: { 'typescript/no-unsafe-type-assertion': 'off' } },
    {
      files: ['cases/**/*.ts'],
      rules: { 'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'setInterval', 'fetch'] },
    },
    {
      // Every query names its row (decision 0035): one that does not is `any`, which goes nowhere here.
      files: ['database/**/*.ts'],
      rules: {
        'typescript/no-unsafe-type-assertion': 'error',
        'typescript/no-unsafe-member-access': 'error',
        'typescript/no-unsafe-assignment': 'error',
        'typescript/no-unsafe-argument': 'error',
        'typescript/no-unsafe-return': 'error',
        'typescript/no-unsafe-call': 'error',
      },
    },
    {
      files: ['cli/**/*.ts', 'tools/**/*.ts', 'test/**/*.ts', 'test/**/*.tsx', 'cli/install.js'],
      rules: { 'no-console': 'off' },
    },
    { files: ['*.config.ts', 'test/global-setup.ts'], rules: { 'import/no-default-export': 'off' } },
    {
      files: ['tools/**/*.ts', 'test/**/*.ts', 'test/**/*.tsx'],
      rules: { 'typescript/no-non-null-assertion': 'off' },
    },
  ],
})
