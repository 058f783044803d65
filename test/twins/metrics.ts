/** What `/metrics` tells in two worlds: of the cases everything, of the requests how many were answered how. */

import type { Compared } from './compare.ts'
import type { World } from './world.ts'

/** What a process measures of itself, and how long it took: these differ between any two processes. */
const OF_THE_PROCESS = /^(segin_api_\w+|segin_http_seconds(_sum|_bucket\{[^}]*\})) .*$/gm

const told = async ({ metrics }: World): Promise<string> => (await metrics()).replaceAll(OF_THE_PROCESS, '$1 …')

/** Requests count from the last look on: what everybody asked before may have been other things. */
export async function compareMetrics([a, b]: readonly [World, World]): Promise<Compared> {
  const [one, other] = [await told(a), await told(b)]
  const differences = one === other ? [] : [{ login: 'whoever watches', path: '/metrics', a: one, b: other }]
  return { answers: 1, differences }
}
