/** `segin revive`: cases go on from the ledger after the engine was lost, restored or left behind. */

import { setTimeout as pause } from 'node:timers/promises'
import { covers } from '../../cases/places.ts'
import { pollers } from '../../api/health/state.ts'
import { countRaised, raiseIncarnations, type ReviveFilter } from '../../database/queries/revive.ts'
import { newestSettings } from '../../database/queries/settings.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { atOnce } from '../at-once.ts'
import { command } from '../command.ts'
import { ConfigurationWrong } from '../configuration.ts'
import { NoWorker } from '../engine.ts'
import { stand } from '../process.ts'
import { surroundings } from '../surroundings.ts'
import { resumeBatches, resumeBroadcasts, resumeHandovers } from '../unfinished.ts'
import { beginAgain, endZombie, type Reviving } from './begin.ts'
import { type ReviveOptions, reviveOptions, USAGE } from './options.ts'
import { settingsAgain } from './settings-again.ts'
import { type Judged, situations } from './situations.ts'
import { isChosen, type Say, tell } from './tell.ts'
import { writtenAgain } from './written-again.ts'

const AT_ONCE = 10
const TELL_EACH = 50
/** So long without one more case that writes: nobody works. */
const PATIENCE_MS = 20_000
/** A worker that was started beside this is heard of a moment later. */
const FIRST_WORKER_MS = 5_000

export const revive = command(USAGE, async ({ values }, out) => {
  const options = reviveOptions(values)
  const standing = await stand('revive', await surroundings(options['data-dir']))
  try {
    return await reviveCases(standing, options, out)
  } finally {
    await standing.close()
  }
})

/** One at a time on an installation: two would end each other's workflows. */
export async function reviveCases(standing: Reviving, options: ReviveOptions, out: Say): Promise<number> {
  const alone = await standing.sql.reserve()
  try {
    const [row] = await alone<[{ mine: boolean }]>`select pg_try_advisory_lock(hashtext('segin revive')) as mine`
    if (!row.mine) throw new ConfigurationWrong('Another revival is under way on this database.')
    return await revived(standing, options, out)
  } finally {
    await alone`select pg_advisory_unlock_all()`
    alone.release()
  }
}

async function revived(standing: Reviving, options: ReviveOptions, out: Say): Promise<number> {
  const before = await newestSettings(standing.sql)
  if (!before) throw new ConfigurationWrong('The installation has no settings yet')
  const { cases, strangers } = await situations(standing, filterOf(options, before))
  tell(cases, strangers, options, out)
  if (!options.run) {
    out('Nothing was changed. `--run` does it.')
    return 0
  }
  await somebodyWorks(standing)
  const settings = await settingsAgain(standing, cases, before, out)
  const { judged, lost } = options.discard ? { judged: cases, lost: 0 } : await writtenAgain(standing, cases, out)
  const chosen = judged.filter((one) => isChosen(one, options))
  await raiseIncarnations(
    standing.sql,
    chosen.map((one) => one.caseId),
  )
  const open = chosen.filter((one) => one.status === 'open')
  const ended = chosen.filter((one) => one.status === 'closed')
  await atOnce(ended, AT_ONCE, ({ caseId }) => endZombie(standing, caseId))
  const erased = await begin(standing, open, settings, out)
  const broadcasts = await resumeBroadcasts(standing)
  if (broadcasts > 0) out(`${broadcasts} declarations go on to the cases that they have not reached`)
  const batches = await resumeBatches(standing)
  if (batches > 0) out(`${batches} batches go on to the cases that they have not reached`)
  const handovers = await resumeHandovers(standing, settings)
  if (handovers > 0) out(`${handovers} handovers go on, or await their return`)
  const left = erased + lost + judged.filter((one) => one.situation === 'erased').length
  return (await allWrite(standing, open, out)) && left === 0 ? 0 : 1
}

function filterOf(options: ReviveOptions, { places }: Settings): ReviveFilter {
  const { place, 'opened-before': before } = options
  if (place !== undefined && !(place in places)) throw new ConfigurationWrong(`No place is called ${place}`)
  return {
    number: options.case ?? null,
    places: place === undefined ? null : Object.keys(places).filter((one) => covers(place, one, places)),
    openedBefore: before === undefined ? null : new Date(before),
  }
}

/** Begun again, a case waits for a worker; and a workflow without one cannot be asked what it knows. */
async function somebodyWorks({ temporal }: Reviving): Promise<void> {
  for (const until = Date.now() + FIRST_WORKER_MS; Date.now() < until; await pause(250))
    if ((await pollers(temporal).catch(() => [])).length > 0) return
  throw new NoWorker(
    'No worker is running: start one first, with this release and the same settings. Nothing was changed.',
  )
}

/** Answers how many cannot go on. */
async function begin(standing: Reviving, open: Judged[], newest: Settings, out: Say): Promise<number> {
  const began = Date.now()
  const erased: string[] = []
  let done = 0
  await atOnce(open, AT_ONCE, async ({ caseId, number }) => {
    if (!(await beginAgain(standing, caseId, newest))) erased.push(number)
    done += 1
    if (done % TELL_EACH === 0) out(`${done} of ${open.length} begun, ${((Date.now() - began) / 1000).toFixed(1)} s`)
  })
  out(`${open.length - erased.length} cases begun again, ${((Date.now() - began) / 1000).toFixed(1)} s`)
  if (erased.length > 0) out(`${erased.length} cannot go on, since entries were erased: ${erased.join(', ')}`)
  return erased.length
}

/** Until each has written its first entry; false when no worker does. */
async function allWrite({ sql }: Reviving, open: Judged[], out: Say): Promise<boolean> {
  const ids = open.map((one) => one.caseId)
  let left = await countRaised(sql, ids)
  for (let moved = Date.now(); left > 0 && Date.now() - moved < PATIENCE_MS;) {
    await pause(500)
    const now = await countRaised(sql, ids)
    if (now < left) moved = Date.now()
    left = now
  }
  out(left === 0 ? 'Each of them has written to the ledger.' : `${left} have not written yet: does a worker run?`)
  return left === 0
}
