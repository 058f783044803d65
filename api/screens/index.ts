import type { ApiApp, Deps } from '../context/deps.ts'
import { registerCases } from './case.ts'
import { registerCaseParts } from './case-parts.ts'
import { registerDisclosures } from './disclosures.ts'
import { registerExplain } from './explain.ts'
import { registerInvariants } from './invariants.ts'
import { registerWorkItem } from './item/routes.ts'
import { registerLive } from './live.ts'
import { registerOverrides } from './overrides.ts'
import { registerPeople } from './people.ts'
import { registerReads } from './reads.ts'
import { registerReference } from './reference.ts'
import { registerTimeline } from './timeline.ts'
import { registerTroubles } from './troubles.ts'
import { registerWork } from './work.ts'
import { registerWorkload } from './workload.ts'

/** The routes that only read of cases, work, people and the installation; other rooms read what is theirs. */
export const registerScreens = (app: ApiApp, deps: Deps): void => {
  registerWork(app, deps)
  registerWorkItem(app, deps)
  registerCases(app, deps)
  registerCaseParts(app, deps)
  registerTimeline(app, deps)
  registerDisclosures(app, deps)
  registerExplain(app, deps)
  registerLive(app, deps)
  registerOverrides(app, deps)
  registerPeople(app, deps)
  registerWorkload(app, deps)
  registerReads(app, deps)
  registerReference(app, deps)
  registerInvariants(app, deps)
  registerTroubles(app, deps)
}
