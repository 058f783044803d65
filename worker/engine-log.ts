/** What the engine's library has to say, as lines like all others: ids, kinds and places in the code. */

import type { LogLevel, LogMetadata } from '@temporalio/common'
import { DefaultLogger } from '@temporalio/worker'
import type { Logger } from 'pino'

const LEVELS: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
}
/** A frame of ours, without the folder that it is installed in. */
const FRAME = /((?:workflows|cases|activities|database|worker)\/[\w./-]+\.ts:\d+)/

export const engineLogger = (log: Logger): DefaultLogger =>
  new DefaultLogger('WARN', ({ level, message, meta = {} }) => log[LEVELS[level]](lineOf(meta), message))

/**
 * A workflow holds no personal value, so what its error says may be told. What an activity's error says may come from
 * the database and hold one: only its kind, its code and its place are.
 */
export function lineOf({ workflowId, runId, activityType, error, target }: LogMetadata): object {
  const known = error instanceof Error ? error : null
  return {
    ...(typeof workflowId === 'string' && { workflow: workflowId }),
    ...(typeof runId === 'string' && { run: runId }),
    ...(typeof activityType === 'string' && { activity: activityType }),
    ...(typeof target === 'string' && { target }),
    ...(known && { error: known.name, at: FRAME.exec(known.stack ?? '')?.[1] }),
    ...(known && 'code' in known && { code: String(known.code) }),
    ...(known && activityType === undefined && { why: known.message }),
  }
}
