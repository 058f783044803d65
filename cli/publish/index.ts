/** `segin publish`: new versions of procedures while cases run. New runs take them; what runs goes on as it began. */

import { createHash } from 'node:crypto'
import { startBroadcast } from '../../api/bulk/calendar/broadcast.ts'
import { beginBroadcast } from '../../database/queries/broadcasts.ts'
import { publishProcedure } from '../../database/queries/procedures.ts'
import { declareSettings, newestSettings } from '../../database/queries/settings.ts'
import type { Country } from '../../procedures/language/index.ts'
import { command, DATA_DIR, type Say } from '../command.ts'
import { ConfigurationWrong } from '../configuration.ts'
import { stand, type Standing as Connected } from '../process.ts'
import { countryOf } from '../start/first-run.ts'
import { surroundings } from '../surroundings.ts'
import { type Planned, planOf, settingsWith, type Standing } from './plan.ts'

export type Publishing = Pick<Connected, 'sql' | 'temporal' | 'installation'>

export class CannotPublish extends Error {
  readonly code = 'cannot_publish'
}

export const publishCommand = command(
  {
    name: 'publish',
    forms: ['[FOLDER]'],
    words: [0, 1],
    says: `Publishes the new versions of the procedures in FOLDER (SEGIN_COUNTRY, else procedures/ml).
New runs take the newest version at once; what runs already keeps the one that it began with.`,
    options: { run: { type: 'boolean', says: 'do it; without it only what would be done is said' }, ...DATA_DIR },
  },
  async ({ values, words: [folder] }, out) => {
    const standing = await stand('publish', await surroundings(values['data-dir']))
    try {
      const country = await countryOf(folder ?? standing.settings.SEGIN_COUNTRY)
      return await publishCountry(standing, country, values.run === true, out)
    } finally {
      await standing.close()
    }
  },
)

export async function publishCountry(standing: Publishing, country: Country, run: boolean, out: Say): Promise<number> {
  const newest = await newestSettings(standing.sql)
  if (!newest) throw new ConfigurationWrong('The installation has no settings yet')
  const planned = await planOf(standing.sql, country)
  tell(planned, out)
  const wrong = planned.filter(({ standing: one }) => one === 'changed' || one === 'older')
  if (wrong.length > 0) {
    const names = wrong.map(({ compiled }) => `${compiled.id} v${compiled.version}`).join(', ')
    throw new CannotPublish(`Nothing was published: raise \`version\` in the file of ${names}.`)
  }
  const added = planned.filter((one) => one.standing === 'new')
  const settings = settingsWith(newest, country)
  if (settings) out('Facts, places, purposes, rates or what begins by itself has changed: open cases are told.')
  if (added.length === 0 && !settings) {
    out('Everything is published already.')
    return 0
  }
  if (!run) {
    out('Nothing was changed. `--run` does it.')
    return 0
  }
  // Cases know a new fact before any of their runs can read it.
  if (settings) await tellCases(standing, country)
  await standing.sql.begin(async (tx) => {
    for (const { compiled } of added) await publishProcedure(tx, compiled, country.procedures[compiled.id])
  })
  out(`${added.length} new versions are published: new runs take them, what runs goes on as it began.`)
  out('Start api and worker again with this folder, so that people read its words.')
  return 0
}

async function tellCases({ sql, temporal, installation }: Publishing, country: Country): Promise<void> {
  const change = (before: Parameters<typeof settingsWith>[0]) => settingsWith(before, country) ?? before
  const declared = await declareSettings(sql, change, { user: null, reason: 'publish' })
  const id = `publish-${createHash('sha256').update(`${installation.id} ${declared.version}`).digest('hex').slice(0, 12)}`
  await beginBroadcast(sql, id, 'publish', declared.version)
  await startBroadcast({ temporal, installation: { kind: installation.kind, version: '' } }, id, declared)
}

const WORDS: Record<Standing, string> = {
  new: 'new',
  published: '',
  changed: 'CHANGED under its number',
  older: 'OLDER than what is published',
}
function tell(planned: Planned[], out: Say): void {
  const names = planned.map(({ compiled }) => `${compiled.id} v${compiled.version}`)
  const width = Math.max(...names.map((name) => name.length))
  for (const [at, { standing, runs }] of planned.entries()) {
    const open = runs.map(([version, count]) => `v${version}: ${count}`).join(', ')
    const line = [(names[at] ?? '').padEnd(width), open === '' ? '' : `open runs ${open}`, WORDS[standing]]
    out(
      line
        .filter((part) => part !== '')
        .join('  ')
        .trimEnd(),
    )
  }
}
