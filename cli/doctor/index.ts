/** `segin doctor`: looks at an installation, part by part, and says in words what is wrong and what to do. */

import { command, DATA_DIR } from '../command.ts'
import { type Configuration, configuration, ConfigurationWrong } from '../configuration.ts'
import { surroundings } from '../surroundings.ts'
import type { Finding, Looked } from './findings.ts'
import { lookAtCases, lookAtMail } from './look-at-cases.ts'
import { lookAtDatabase } from './look-at-database.ts'
import { lookAtEngine, lookAtWorkers } from './look-at-engine.ts'
import { lookAtDisk, lookAtKeys } from './look-at-machine.ts'
import { inWords, type Language, PARTS, SUMMARY } from './words.ts'

export const doctor = command(
  {
    name: 'doctor',
    says: `Looks at settings, keys, disk, database, engine, workers, mail and cases, and changes nothing.
It ends with 0 when all is well, and with 1 when something needs a hand.`,
    options: {
      lang: { type: 'string', value: 'fr|en', default: 'fr', says: 'the language of the answer (fr)' },
      json: { type: 'boolean', says: 'what was found, for machines' },
      ...DATA_DIR,
    },
  },
  async ({ values }, out) => {
    if (values.lang !== 'fr' && values.lang !== 'en') throw new ConfigurationWrong(`--lang ${values.lang}: fr or en`)
    const looked = await lookAt(values['data-dir'])
    const found = looked.flatMap(({ findings }) => findings)
    if (values.json === true) out(JSON.stringify({ well: found.length === 0, looked }, null, 2))
    else tell(looked, values.lang, out)
    return found.length === 0 ? 0 : 1
  },
)

function tell(looked: Looked[], language: Language, out: (line: string) => void): void {
  const summary = SUMMARY[language]
  for (const { part, findings, skipped } of looked) {
    const mark = findings.length > 0 ? '✗' : skipped ? '–' : '✓'
    out(`${mark} ${PARTS[part][language]}${skipped ? ` (${summary.skipped})` : ''}`)
    for (const finding of findings) {
      const [what, todo] = inWords(finding, language)
      out(`    ${what}`)
      if (todo !== '') out(`    → ${todo}`)
    }
  }
  const count = looked.reduce((sum, { findings }) => sum + findings.length, 0)
  out(`\n${count === 0 ? summary.well : summary.found(count)}`)
}

export async function lookAt(dataDir: string | undefined, env: NodeJS.ProcessEnv = process.env): Promise<Looked[]> {
  const settings = await settingsOf(dataDir, env)
  if ('finding' in settings) return [{ part: 'settings', findings: [settings.finding] }]
  return [{ part: 'settings', findings: [] }, ...(await lookAtParts(settings.configuration))]
}

async function settingsOf(
  dataDir: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<{ configuration: Configuration } | { finding: Finding }> {
  try {
    return { configuration: configuration(await surroundings(dataDir, env)) }
  } catch (error) {
    if (!(error instanceof ConfigurationWrong)) throw error
    return { finding: { code: 'configuration', detail: error.message } }
  }
}

async function lookAtParts(settings: Configuration): Promise<Looked[]> {
  const keys = await lookAtKeys(settings)
  const database = await lookAtDatabase(settings, keys.rings)
  const { record } = database
  const engine = await lookAtEngine(settings, keys.rings.codec ?? { current: '', keys: {} })
  const { temporal } = engine
  try {
    const skipped: Pick<Looked, 'findings' | 'skipped'> = { findings: [], skipped: true }
    return [
      { part: 'keys', findings: keys.findings },
      { part: 'disk', findings: await lookAtDisk(settings) },
      { part: 'database', findings: database.findings },
      { part: 'engine', findings: engine.findings },
      { part: 'workers', ...(temporal ? { findings: await lookAtWorkers(temporal, record) } : skipped) },
      { part: 'mail', findings: await lookAtMail(settings, record) },
      { part: 'cases', ...(temporal && record ? { findings: await lookAtCases(record, temporal) } : skipped) },
    ]
  } finally {
    await temporal?.connection.close()
    await database.close()
  }
}
