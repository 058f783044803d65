/** The figures that matter to whoever keeps an installation running. docs/operator.md says what to do about each. */

import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { Client } from '@temporalio/client'
import type { Sql } from '../../database/connect.ts'
import { newestSettings } from '../../database/queries/settings.ts'
import { type Figures, figuresOf } from '../../database/queries/troubles.ts'
import { type Parts, partsOf } from './state.ts'
import { poisonedCases } from './poisoned.ts'
import type { RequestFigures } from './request-figures.ts'
import { asText, type Metric } from './metrics-text.ts'

export interface Watched {
  sql: Sql
  temporal: Client
  requests: RequestFigures
}

/** Answers the page; what the database or the engine would say is left out while it is away. */
export function metricsPage({ sql, temporal, requests }: Watched): () => Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  return async () => {
    const [parts, figures, failing] = await Promise.all([
      partsOf(sql, temporal),
      figuresNow(sql).catch(() => null),
      poisonedCases(temporal),
    ])
    return asText([
      ...upOf(parts),
      ...(figures ? recordOf(figures) : []),
      gauge('segin_cases_failing', 'Cases on which the engine fails again and again', failing?.length ?? null),
      { name: 'segin_http_answers', help: 'Answers since the start', type: 'counter', samples: requests.answers() },
      { name: 'segin_http_seconds', help: 'Time to the answer', type: 'histogram', samples: requests.times() },
      ...ofProcess(delay),
    ])
  }
}

async function figuresNow(sql: Sql): Promise<Figures> {
  const offset = (await newestSettings(sql))?.offsetMs ?? 0
  return figuresOf(sql, new Date(Date.now() + offset))
}

const gauge = (name: string, help: string, value: number | null): Metric => ({
  name,
  help,
  type: 'gauge',
  samples: value === null ? [] : [{ value }],
})

function upOf({ database, schema, engine, workers }: Parts): Metric[] {
  const up = [
    { labels: { part: 'database' }, value: Number(database === 'ok') },
    { labels: { part: 'schema' }, value: Number(schema === 'ok') },
    { labels: { part: 'engine' }, value: Number(engine === 'ok') },
  ]
  return [
    { name: 'segin_up', help: 'Whether it answers, and is what this release needs', type: 'gauge', samples: up },
    gauge('segin_workers', 'Workers that have asked for work within two minutes', engine === 'ok' ? workers : null),
  ]
}

const recordOf = (all: Figures): Metric[] => [
  gauge('segin_cases_open', 'Open cases', all.openCases),
  gauge('segin_steps_open', 'Steps that wait for somebody', all.openSteps),
  gauge('segin_steps_late', 'Of them, past their deadline', all.lateSteps),
  gauge('segin_cases_past_wake', 'Cases that slept past their wake-up', all.asleep),
  gauge('segin_cases_stopped', 'Cases whose recording has stopped', all.stopped),
  gauge('segin_roles_unheld', 'Roles that nobody holds and somebody was to be told in', all.holes),
  gauge('segin_mail_waiting', 'Mail that waits to be sent', all.mailWaiting),
  gauge('segin_mail_oldest_seconds', 'How long the oldest of it has waited', Math.round(all.mailOldestSeconds)),
  gauge('segin_mail_parked', 'Mail that was set aside', all.mailParked),
]

function ofProcess(delay: IntervalHistogram): Metric[] {
  const late = delay.percentile(99) / 1e9
  delay.reset()
  return [
    gauge('segin_api_memory_bytes', 'Resident memory of this API', process.memoryUsage.rss()),
    gauge('segin_api_loop_delay_seconds', 'p99 since the last scrape: how long this API lets others wait', late),
  ]
}
