/** One process's share of a simulation. */

import { groundOf } from './ground.ts'
import { type Plan, type Share, simulated } from './run.ts'

process.once('message', (asked) => {
  const { plan, share } = asked as { plan: Plan; share: Share }
  void groundOf(plan.folder).then((ground) => {
    process.send?.(simulated(ground, plan, share))
    process.disconnect()
  })
})
