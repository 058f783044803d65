/** Whether the engine answers, who works, and whether workers know what cases need. */

import { type Client, Connection } from '@temporalio/client'
import { newestEngineOfCases } from '../../database/queries/engines.ts'
import type { KeyRing } from '../../database/keys.ts'
import type { Configuration } from '../configuration.ts'
import { workersOf } from '../engine.ts'
import { temporalClient } from '../temporal-client.ts'
import type { Finding } from './findings.ts'
import type { Record } from './look-at-database.ts'
import { whyAway } from './why-away.ts'

const PATIENCE_MS = 3_000
const NOT_FOUND = 5

/** `codec` seals what is asked of cases; nothing here asks any, so another ring does as well. */
export async function lookAtEngine(
  { TEMPORAL_ADDRESS: at, TEMPORAL_NAMESPACE: namespace }: Configuration,
  codec: KeyRing,
): Promise<{ temporal: Client | null; findings: Finding[] }> {
  try {
    const probe = await Connection.connect({ address: at, connectTimeout: PATIENCE_MS })
    await probe.close()
  } catch (error) {
    return { temporal: null, findings: [{ code: 'engine_away', at, why: whyAway(error) }] }
  }
  const temporal = await temporalClient(at, namespace, codec)
  try {
    await temporal.workflowService.describeNamespace({ namespace })
    return { temporal, findings: [] }
  } catch (error) {
    await temporal.connection.close()
    const missing = error instanceof Error && 'code' in error && error.code === NOT_FOUND
    const finding: Finding = missing
      ? { code: 'namespace_missing', namespace }
      : { code: 'engine_away', at, why: whyAway(error) }
    return { temporal: null, findings: [finding] }
  }
}

export async function lookAtWorkers(temporal: Client, record: Record | null): Promise<Finding[]> {
  const workers = await workersOf(temporal)
  if (workers.length === 0) return [{ code: 'no_worker' }]
  if (!record) return []
  const engine = record.installation.engine
  const needs = Math.max(engine, await newestEngineOfCases(record.sql))
  const old = workers.filter(({ knows }) => knows < needs)
  const known = Math.min(...workers.map(({ knows }) => knows))
  return [
    ...old.map(({ identity: worker, knows }): Finding => ({ code: 'worker_too_old', worker, knows, needs })),
    ...(old.length === 0 && known > engine ? [{ code: 'engine_not_raised' as const, engine, known }] : []),
  ]
}
