import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { defineConfig } from 'vitest/config'

/** Pure tests need nothing; `servers` tests get a real Postgres, and start Temporal and SMTP where they need them. */
const PURE = ['test/cases/**/*.test.ts', 'test/procedures/**/*.test.ts', 'test/docs/**/*.test.ts']
/** These replace modules, of the library or of ours, and so cannot share a process with others. */
const SIMULATED = ['test/simulation/**/*.test.ts']
const PLANTED = ['test/twins/leaks.test.ts']
/** Too long for every day: `npm run night`. */
const BY_NIGHT = process.env['SEGIN_NIGHT'] === 'yes' ? [] : ['test/night/**']
const SERVERS = { globalSetup: ['test/global-setup.ts'] }

const PROJECTS = ['servers', 'planted', 'simulated', 'pure']
/** What takes longest begins first, so that the run does not wait for it alone at the end. */
const LONGEST = ['twins', 'journeys', 'chaos', 'canaries', 'both-restored', 'keys', 'backup', 'stopping', 'invariants']

/** A process serves one project at a time, so files of one project stand together. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification): number => {
      const longest = LONGEST.findIndex((name) => moduleId.includes(name))
      return PROJECTS.indexOf(project.name) * 100 + (longest < 0 ? LONGEST.length : longest)
    }
    return files.toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Only what hangs fails by time: a busy machine is no fault of the product.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      { extends: true, test: { name: 'simulated', include: SIMULATED } },
      { extends: true, test: { name: 'planted', include: PLANTED, ...SERVERS } },
      {
        extends: true,
        test: {
          name: 'servers',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [...PURE, ...SIMULATED, ...PLANTED, ...BY_NIGHT],
          ...SERVERS,
          // Loading the engine's library and all schemas costs each file two seconds, and a process once.
          isolate: false,
        },
      },
    ],
  },
})
