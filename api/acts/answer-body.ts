/** The bodies that say what became of an act: recorded, accepted, or only previewed. */

import type { Action, ActName } from '../../cases/actions.ts'
import type { Entry, ItemId } from '../../cases/events.ts'
import { evolvedBy, fold } from '../../cases/evolve/index.ts'
import type { CaseState } from '../../cases/state.ts'
import { entriesIn, view } from '../../cases/view.ts'
import { isRefusal, openWork, whyNot } from '../../cases/why-not.ts'
import { fullInstantText } from '../../cases/words/dates.ts'
import type { World } from '../../cases/world.ts'
import type { Deps } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { changesBy } from '../texts/changes.ts'
import { effectsOf } from '../texts/effects.ts'
import { partnerIn } from '../texts/entries.ts'
import { noticeOfRung } from '../case/notice-id.ts'
import { partnerNames } from '../texts/names.ts'
import { type CaseAtHand, entriesOf } from '../case/load-case.ts'
import { describe, type Telling, titleOf } from './answer-parts.ts'
import type { Rehearsal } from './rehearse.ts'
import type { ActionBody } from './schema.ts'
import { ACCEPTED_TEXT, actText, CONFIRM, KEY_USED, PREVIEW_TEXT } from './texts.ts'

const iso = (at: number): string => new Date(at).toISOString()

const tellingOf = (hand: CaseAtHand, entries: Entry[], before: CaseState, after: CaseState, world: World): Telling => {
  const viewer = hand.session.principal
  const seen = view(after, viewer, world)
  const mayAct = (item: ItemId): boolean => {
    const work = openWork(after, item, viewer, world)
    return !isRefusal(work) && whyNot(after, work, viewer, world) === null
  }
  return {
    entries: entriesIn(seen, entries),
    before: view(before, viewer, world),
    after: seen,
    world,
    language: hand.language,
    labels: hand.labelsOf(seen),
    mayAct,
    noticeOf: (clock, rung) => noticeOfRung(hand, clock, rung),
  }
}

const sentence = (act: ActName, telling: Telling, told: ReturnType<typeof describe>): string => {
  const about = telling.entries.find(({ event }) => 'item' in event && typeof event.item === 'string')?.event
  const item = about !== undefined && 'item' in about && typeof about.item === 'string' ? about.item : null
  return actText(
    act,
    {
      step: told.ended[0]?.title ?? (item === null ? null : titleOf(telling, item)),
      outcome: told.ended[0]?.outcome.label ?? null,
      deadline: told.clocks[0]?.text ?? null,
    },
    telling.language,
  )
}

/** Splits the ledger around an action: the state before it, its entries, and the state after. */
const around = async (deps: Deps, hand: CaseAtHand, from: number, to: number) => {
  const behind = hand.state.seq < from
  const entries = await entriesOf(deps, hand.caseId, behind ? hand.state.seq : 0, to)
  const before = entries.filter((entry) => entry.seq < from)
  const own = entries.filter((entry) => entry.seq >= from)
  const start = behind ? evolvedBy(hand.state, before) : fold(hand.caseId, before)
  return { own, before: start, after: evolvedBy(start, own) }
}

/** The same for a first answer and for every repeat: told from the ledger, as of when it was recorded. */
export const recordedBody = async (
  deps: Deps,
  hand: CaseAtHand,
  action: Pick<Action, 'id' | 'digest'>,
  key: string,
  { fromSeq, toSeq }: { fromSeq: number; toSeq: number },
): Promise<ActionBody> => {
  const { own, before, after } = await around(deps, hand, fromSeq, toSeq)
  const taken = own.find(({ event }) => event.kind === 'action_taken')
  if (taken?.event.kind !== 'action_taken') throw problem('unknown')
  const world: World = { ...hand.world, now: taken.recorded }
  const telling = tellingOf(hand, own, before, after, await hand.widen(after, world))
  const told = describe(telling)
  const act = taken.event.act as ActName
  const text = sentence(act, telling, told)
  if (taken.event.digest !== action.digest) {
    const detail = KEY_USED[hand.language](fullInstantText(taken.recorded, hand.language), text)
    throw problem('key_reused', { detail: () => detail, more: { first: receiptHref(hand, key) } })
  }
  return {
    key,
    act,
    status: 'recorded',
    text,
    happened: iso(taken.at),
    received: iso(taken.event.received),
    recorded: iso(taken.recorded),
    ...told,
  }
}

/** What an act points at is repeated in its confirmation; what was filled is sent again by whoever filled it. */
const POINTS_AT: ReadonlySet<string> = new Set(['step', 'clock', 'consent', 'procedure', 'case', 'basis'])

/** `sent`: the body that is tried, and is confirmed if its effects are wished. */
export const previewBody = async (
  deps: Deps,
  hand: CaseAtHand,
  act: ActName,
  sent: object,
  rehearsed: Extract<Rehearsal, { kind: 'events' }>,
): Promise<ActionBody> => {
  const { entries, before, after } = rehearsed
  const telling = tellingOf(hand, entries, before, after, await hand.widen(after, hand.world))
  const changes = await changesBy(deps, hand, entries)
  const names = Object.keys(sent)
  const confirm = {
    act,
    label: CONFIRM[hand.language],
    method: 'POST',
    href: receiptHref(hand, act),
    body: Object.fromEntries(Object.entries(sent).filter(([name]) => POINTS_AT.has(name))),
    fill: names.filter((name) => !POINTS_AT.has(name)),
  }
  const partner = await partnerNames(deps, telling.entries.map(partnerIn))
  const effects = effectsOf({
    ...telling,
    events: telling.entries.map(({ event }) => event),
    labels: { ...hand.labelsOf(telling.after), partner },
  })
  const told = {
    ...describe(telling),
    effects: effects.map((one) => ({ ...one })),
    ...(changes.length > 0 ? { changes: changes.map((one) => ({ ...one })) } : {}),
    confirm,
  }
  return { act, status: 'preview', text: PREVIEW_TEXT[hand.language], ...told }
}

export const receiptHref = ({ number, state }: Pick<CaseAtHand, 'number' | 'state'>, key: string): string =>
  `/api/v1/${state.subject === 'arrival' ? 'arrivals' : 'cases'}/${number}/actions/${key}`

export const acceptedBody = (hand: CaseAtHand, act: ActName, key: string): ActionBody => ({
  key,
  act,
  status: 'accepted',
  text: ACCEPTED_TEXT[hand.language],
  href: receiptHref(hand, key),
})

/** `Prefer: return=minimal`: only what a machine needs to go on. */
const smaller = ({ key, act, status, opened, href }: ActionBody): ActionBody => ({
  ...(key === undefined ? {} : { key }),
  act,
  status,
  ...(opened === undefined ? {} : { opened: opened.map(({ id }) => ({ id })) }),
  ...(href === undefined ? {} : { href }),
})

/** Less of an answer where little is preferred, and a header that says so: for a first answer and every repeat alike. */
export const asPreferred = <H extends Record<string, string>>(minimal: boolean, body: ActionBody, headers: H) =>
  minimal ? { body: smaller(body), headers: { ...headers, 'Preference-Applied': 'return=minimal' } } : { body, headers }
