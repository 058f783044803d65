/** What `segin doctor` may find: a closed family, each told in words by `words.ts`. */

import type { Trouble } from '../../api/health/troubles.ts'

export type Found =
  | { code: 'configuration'; detail: string }
  | { code: 'keys_missing' | 'keys_readable' | 'keys_wrong'; file: string }
  | { code: 'keys_beside_data'; folder: string }
  | { code: 'database_away'; at: string; why: string }
  | { code: 'database_empty' }
  | { code: 'schema_behind'; missing: number }
  | { code: 'schema_ahead'; unknown: string[] }
  | { code: 'not_installed' | 'codec_foreign' | 'master_foreign' | 'no_settings' }
  /** `last`: the last day off of the whole country that the calendar knows; empty when it knows none. */
  | { code: 'calendar_ends'; last: string }
  | { code: 'clock_apart'; seconds: number }
  | { code: 'engine_away'; at: string; why: string }
  | { code: 'namespace_missing'; namespace: string }
  | { code: 'no_worker' }
  | { code: 'worker_too_old'; worker: string; knows: number; needs: number }
  | { code: 'engine_not_raised'; engine: number; known: number }
  | { code: 'workflows_missing'; count: number }
  | { code: 'smtp_away'; at: string; why: string }
  | { code: 'mail_late'; count: number; minutes: number }
  | { code: 'disk_full'; folder: string; megabytes: number }

/** Of its own, or of the list of troubles that people see over HTTP. */
export type Finding = Found | { code: 'trouble'; trouble: Trouble }
/** What was found, and the first thing to do about it. */
export type Said = [what: string, todo: string]

export type Part = 'settings' | 'keys' | 'disk' | 'database' | 'engine' | 'workers' | 'mail' | 'cases'
export interface Looked {
  part: Part
  findings: Finding[]
  /** What it stands on was away, so nobody looked. */
  skipped?: true
}
