/** The environment, parsed once at the door of a process. */

import { realpathSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { z } from 'zod'
import type { KeyRing } from '../database/keys.ts'
import { ConfigurationWrong } from './configuration-wrong.ts'
import { ringIn } from './keys/ring-file.ts'

const environment = z.object({
  /** As the application's own role. */
  SEGIN_DATABASE_URL: z.url(),
  TEMPORAL_ADDRESS: z.string().min(3),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  /** A folder with `master.json` and `codec.json`, readable by nobody else. */
  SEGIN_KEYS: z.string(),
  /** Where data and backups of a service installation live: its keys may not be inside, nor they beside its keys. */
  SEGIN_DATA: z.string().optional(),
  SEGIN_PORT: z.coerce.number().int().default(7777),
  SEGIN_HOST: z.string().default('127.0.0.1'),
  /** Where `/metrics` is served, apart from everything else; nowhere without it. */
  SEGIN_METRICS_PORT: z.coerce.number().int().optional(),
  SEGIN_METRICS_HOST: z.string().default('127.0.0.1'),
  SEGIN_SMTP_URL: z.string().default('smtp://127.0.0.1:1025'),
  SEGIN_MAIL_FROM: z.string().default('Segin <segin@segin.example>'),
  /** What people type to sign in. */
  SEGIN_URL: z.url().default('http://127.0.0.1:7777'),
  SEGIN_COUNTRY: z.string().default(resolve(import.meta.dirname, '../procedures/ml')),
  /** Where the worker keeps the bundled workflow code; without it every start makes it anew. */
  SEGIN_CACHE: z.string().optional(),
  /** Touched every few seconds while the worker works, for whoever watches over it. */
  SEGIN_ALIVE_FILE: z.string().optional(),
  SEGIN_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})
/** Names of all settings, for whoever writes about them. */
export const SETTINGS = Object.keys(environment.shape)
export type Configuration = z.infer<typeof environment>

export { ConfigurationWrong }

export function configuration(env: NodeJS.ProcessEnv = process.env): Configuration {
  const parsed = environment.safeParse(env)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new ConfigurationWrong(`The environment is not complete (docs/operator.md):\n${lines.join('\n')}`)
}

/** Refused when others could read it. */
export async function readRing(folder: string, name: 'master' | 'codec'): Promise<KeyRing> {
  const path = resolve(folder, `${name}.json`)
  if (((await stat(path)).mode & 0o077) !== 0) throw new ConfigurationWrong(`${path} can be read by others: chmod 600`)
  return ringIn(await readFile(path, 'utf8'))
}

/** In service a stolen backup must not hold the keys to itself. */
export function refuseKeysBesideData(kind: 'training' | 'service', settings: Configuration): void {
  if (kind === 'training') return
  if (settings.SEGIN_DATA === undefined)
    throw new ConfigurationWrong('SEGIN_DATA is missing: a service installation says where data and backups lie')
  const [keys, data] = [whole(settings.SEGIN_KEYS), whole(settings.SEGIN_DATA)]
  if (keys.startsWith(data))
    throw new ConfigurationWrong('SEGIN_KEYS lies inside SEGIN_DATA: a service installation keeps its keys apart')
  if (data.startsWith(keys))
    throw new ConfigurationWrong('SEGIN_DATA lies inside SEGIN_KEYS: a service installation keeps its keys apart')
}

/** Where a folder really is, whatever link leads there. */
function whole(path: string): string {
  try {
    return `${realpathSync(path)}${sep}`
  } catch {
    return `${resolve(path)}${sep}`
  }
}
