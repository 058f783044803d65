/** What must hold once the dust has settled: nothing lost, nothing twice, and the record equals the truth. */

import { isDeepStrictEqual } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import { actionId } from '../../api/case/idempotency.ts'
import { idKeyFrom } from '../../api/make-deps.ts'
import type { Entry } from '../../cases/events.ts'
import { fold } from '../../cases/evolve/index.ts'
import type { Body } from '../../client/person.ts'
import { firstBrokenLink, loadLedger } from '../../database/ledger.ts'
import { caseStateQuery, caseWorkflowId } from '../../workflows/messages.ts'
import { ask } from './insist.ts'
import type { Installation } from './installation.ts'
import type { People, Told } from './people.ts'

export interface Found {
  cases: number
  entries: number
  rungs: number
  mails: number
  /** Copies of mails beyond the first, each under the Message-ID of the first. */
  copies: number
  /** What broke a promise; empty when all held. */
  broken: string[]
}

/** What a dead relay had in hand is free at once: every worker is a new one. */
export async function settled(here: Installation, people: People): Promise<void> {
  await here.processes.kill('worker')
  await here.owner`update outbox set lease_until = null, next_try = now() where state = 'pending'`
  await here.processes.start('worker')
  for (const end = Date.now() + 240_000; Date.now() < end; await pause(1_000)) {
    const [row] = await here.owner`select
      (select count(*)::int from outbox where state = 'pending') as mails,
      (select count(*)::int from cases where status = 'open' and settings_version < (select max(version) from settings)) as behind`
    const said = await ask(people.coordination, '/api/v1/invariants').catch(() => null)
    if (row?.['mails'] === 0 && row['behind'] === 0 && said?.body['holds'] === true) return
  }
}

export async function lookAround(here: Installation, people: People): Promise<Found> {
  const found: Found = { cases: 0, entries: 0, rungs: 0, mails: 0, copies: 0, broken: [] }
  const taken = new Map<string, number>()
  const engine = await here.engine()
  const rows =
    await here.owner`select case_id, number, status, stopped from cases where status <> 'new' order by number`
  for (const row of rows) {
    const caseId = String(row['caseId'])
    const { entries = [] } = (await loadLedger(here.owner, here.ring, caseId)) ?? {}
    found.cases += 1
    found.entries += entries.length
    found.broken.push(...ledgerFaults(String(row['number']), entries, taken, found))
    if (row['stopped'] !== null) found.broken.push(`${row['number']}: recording stopped (${row['stopped']})`)
    if ((await firstBrokenLink(here.owner, caseId)) !== null) found.broken.push(`${row['number']}: the chain is broken`)
    if (row['status'] !== 'open') continue
    const live = await engine.workflow.getHandle(caseWorkflowId(caseId)).query(caseStateQuery)
    if (!isDeepStrictEqual(fold(caseId, entries), JSON.parse(JSON.stringify(live.state))))
      found.broken.push(`${row['number']}: the live state is not the fold of the ledger`)
  }
  found.broken.push(...here.processes.fell.map((name) => `${name} ended by itself`))
  found.broken.push(...(await toldFaults(here, people.told, taken)))
  found.broken.push(...(await mailFaults(here, found)))
  found.broken.push(...(await saidFaults(people)))
  await engine.connection.close()
  return found
}

/** Every act once, every rung once. `taken` counts acts over all cases. */
function ledgerFaults(number: string, entries: Entry[], taken: Map<string, number>, found: Found): string[] {
  const rungs = new Set<string>()
  return entries.flatMap(({ action, event }, index) => {
    if (entries[index]?.seq !== index + 1) return [`${number}: entry ${index + 1} is missing`]
    if (event.kind === 'action_taken' && action !== null) {
      taken.set(action, (taken.get(action) ?? 0) + 1)
      return taken.get(action) === 1 ? [] : [`${number}: an act was taken twice`]
    }
    if (event.kind !== 'rung_fired') return []
    const rung = `${event.clock} ${event.mark} ${event.to}`
    const twice = rungs.has(rung)
    rungs.add(rung)
    found.rungs += 1
    return twice ? [`${number}: ${rung} fired twice`] : []
  })
}

/** What people were told is so: a 200 is in the ledger once, a refusal is not, and every 202 came to an end. */
async function toldFaults(here: Installation, told: Told[], taken: Map<string, number>): Promise<string[]> {
  const rows = await here.owner`select case_id, number from cases`
  const ids = new Map(rows.map((row) => [String(row['number']), String(row['caseId'])]))
  const idKey = idKeyFrom(here.ring)
  return told.flatMap(({ kind, act, user, number, key }) => {
    if (kind === 'never') return [`${number ?? 'an opening'}: ${act} never came to an end`]
    if (act === 'open_case')
      return kind === 'recorded' && !ids.has(number ?? '') ? [`${number}: was opened and is not there`] : []
    const times = taken.get(actionId(idKey, user, act, ids.get(number ?? '') ?? '', key)) ?? 0
    const wanted = kind === 'recorded' ? 1 : 0
    return times === wanted ? [] : [`${number}: ${act} was told "${kind}" and is in the ledger ${times} times`]
  })
}

/** Each rung one row, each row one Message-ID; a copy carries the Message-ID and the words of the first. */
async function mailFaults(here: Installation, found: Found): Promise<string[]> {
  const texts = new Map<string, Set<string>>()
  for (const { messageId, text } of here.mail.taken) {
    texts.set(messageId, new Set([...(texts.get(messageId) ?? []), text]))
  }
  found.mails = texts.size
  found.copies = here.mail.taken.length - texts.size
  const rows = await here.owner`select message_id, count(distinct sent_to)::int as readers from outbox
    where state = 'sent' group by 1 having count(distinct sent_to) > 1`
  const lost = await here.owner`select message_id from outbox where state = 'sent'`
  return [
    ...rows.map((row) => `${row['messageId']} went to two sets of readers`),
    ...lost.filter((row) => !texts.has(String(row['messageId']))).map((row) => `${row['messageId']} never arrived`),
  ]
}

/** The system's own answer. */
async function saidFaults(people: People): Promise<string[]> {
  const { status, body } = await ask(people.coordination, '/api/v1/invariants')
  if (status !== 200) return [`GET /invariants answers ${status}`]
  const invariants = body['invariants'] as Body[]
  return invariants.flatMap((one) =>
    one['holds'] === true ? [] : [`${String(one['id'])} does not hold: ${JSON.stringify(one)}`],
  )
}
