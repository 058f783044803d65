/** A declaration becomes a new version of the settings, and a broadcast that reaches every open case. */

import { createHmac } from 'node:crypto'
import type { z } from '@hono/zod-openapi'
import { dayOf } from '../../../cases/clocks/civil.ts'
import { beginBroadcast, broadcastById } from '../../../database/queries/broadcasts.ts'
import { countAsleep, settingsDeclaredAs } from '../../../database/queries/declared.ts'
import { countDueHandovers } from '../../../database/queries/handovers.ts'
import { countWaiting } from '../../../database/queries/outbox.ts'
import { declareSettings } from '../../../database/queries/settings.ts'
import type { Settings } from '../../../procedures/language/settings.ts'
import type { BroadcastInput } from '../../../workflows/messages.ts'
import type { Deps } from '../../context/deps.ts'
import { pollUntil } from '../poll.ts'
import { problem } from '../../problems/problem.ts'
import { startOnce } from '../start-once.ts'
import type { BroadcastAnswer } from './schema.ts'

export type BroadcastBody = z.infer<typeof BroadcastAnswer>
export type BroadcastKind = 'day_off' | 'advance'

const PER_SECOND = 10

/** Follows from the key, so that the same declaration sent again is the same. */
export const broadcastId = (deps: Deps, kind: BroadcastKind, user: string, key: string): string =>
  `${kind === 'advance' ? 'advance' : 'broadcast'}-${createHmac('sha256', deps.idKey).update(`${kind}|${user}|${key}`).digest('hex').slice(0, 12)}`

/** Begins it, or leaves it as it runs. */
export const startBroadcast = async (
  deps: Pick<Deps, 'temporal' | 'installation'>,
  id: string,
  settings: Settings,
): Promise<void> => {
  const perSecond = deps.installation.kind === 'training' ? 0 : PER_SECOND
  const input: BroadcastInput = { broadcastId: id, settings, perSecond }
  await startOnce(deps, 'broadcastWorkflow', id, input)
}

const prefixOf = (kind: BroadcastKind, id: string): string => `${kind}:${id}:`

export const isDeclared = async (deps: Deps, kind: BroadcastKind, id: string): Promise<boolean> =>
  (await settingsDeclaredAs(deps.sql, prefixOf(kind, id))) !== undefined

/** Declares once for each id: a repeat goes on where the first try was cut off. */
export const declare = async (
  deps: Deps,
  kind: BroadcastKind,
  id: string,
  user: string,
  reason: string,
  change: (newest: Settings) => Settings,
): Promise<void> => {
  const prefix = prefixOf(kind, id)
  const settings =
    (await settingsDeclaredAs(deps.sql, prefix)) ??
    (await declareSettings(deps.sql, change, { user, reason: `${prefix}${reason}` }))
  await beginBroadcast(deps.sql, id, kind, settings.version)
  await startBroadcast(deps, id, settings)
}

const TEXTS = {
  fr: { done: 'Tous les dossiers ouverts l’ont pris en compte.', running: 'En cours.' },
  en: { done: 'Every open case has taken it into account.', running: 'In progress.' },
}

/** An advance of the date is done only when every case has also lived through the time in between. */
export const progressOf = async (deps: Deps, id: string, language: 'fr' | 'en'): Promise<BroadcastBody> => {
  const found = await broadcastById(deps.sql, id)
  if (found === undefined) throw problem('not_found')
  const { now } = await deps.present()
  const asleep =
    found.kind === 'advance' ? (await countAsleep(deps.sql, now)) + (await countDueHandovers(deps.sql, dayOf(now))) : 0
  const left = Math.max(found.left, asleep)
  const status = left === 0 ? 'done' : 'running'
  return {
    id,
    kind: found.kind,
    status,
    text: TEXTS[language][status],
    total: Math.max(found.total, left),
    left,
    mail_waiting: await countWaiting(deps.sql),
    business_date: new Date(now).toISOString().slice(0, 10),
    now: new Date(now).toISOString(),
    href: found.kind === 'advance' ? `/api/v1/training/advances/${id}` : `/api/v1/broadcasts/${id}`,
  }
}

/** Holds the answer until it is done, at most so many seconds. */
export const progressWithin = (
  deps: Deps,
  id: string,
  language: 'fr' | 'en',
  seconds: number,
): Promise<BroadcastBody> =>
  pollUntil(
    deps,
    seconds,
    () => progressOf(deps, id, language),
    ({ status }) => status === 'done',
  )
