/** Cases, mail and staff: the list of troubles, and what the engine lacks. */

import { connect } from 'node:net'
import type { Client } from '@temporalio/client'
import { gatherTroubles } from '../../api/health/troubles.ts'
import { countOpenCases } from '../../database/queries/engines.ts'
import { figuresOf } from '../../database/queries/troubles.ts'
import type { Configuration } from '../configuration.ts'
import type { Finding } from './findings.ts'
import type { Record } from './look-at-database.ts'
import { whyAway } from './why-away.ts'

const PATIENCE_MS = 3_000
const LATE_SECONDS = 900
const CASES = "WorkflowType = 'caseWorkflow' and ExecutionStatus = 'Running'"

const businessNow = ({ settings }: Record): Date => new Date(Date.now() + settings.offsetMs)

/** Whoever runs this holds the live keys: nothing is kept from them. */
export async function lookAtCases(record: Record, temporal: Client): Promise<Finding[]> {
  const troubles = await gatherTroubles(record.sql, temporal, businessNow(record), { restricted: true })
  const [open, running] = await Promise.all([countOpenCases(record.sql), temporal.workflow.count(CASES)])
  const missing = open - running.count
  return [
    ...(missing > 0 ? [{ code: 'workflows_missing' as const, count: missing }] : []),
    ...troubles.map((trouble): Finding => ({ code: 'trouble', trouble })),
  ]
}

export async function lookAtMail({ SEGIN_SMTP_URL: url }: Configuration, record: Record | null): Promise<Finding[]> {
  const { hostname, port, protocol } = new URL(url)
  const door = Number(port) || (protocol === 'smtps:' ? 465 : 25)
  const why = await reached(hostname, door)
  const findings: Finding[] = why === null ? [] : [{ code: 'smtp_away', at: `${hostname}:${door}`, why }]
  if (!record) return findings
  const { mailWaiting: count, mailOldestSeconds: oldest } = await figuresOf(record.sql, businessNow(record))
  if (oldest > LATE_SECONDS) findings.push({ code: 'mail_late', count, minutes: Math.round(oldest / 60) })
  return findings
}

/** null when somebody listens there. */
function reached(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE_MS })
    const ends = (why: string | null): void => {
      socket.destroy()
      resolve(why)
    }
    socket.once('connect', () => ends(null))
    socket.once('timeout', () => ends('ETIMEDOUT'))
    socket.once('error', (error) => ends(whyAway(error)))
  })
}
