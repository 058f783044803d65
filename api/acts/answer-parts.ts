/** What an action led to, from its entries: ended, opened, clocks moved, notices given, as this viewer may know it. */

import type { CaseEvent, ClockId, Entry, ItemId } from '../../cases/events.ts'
import { clockId, parseItem } from '../../cases/item.ts'
import type { CaseState, Clock, StepState } from '../../cases/state.ts'
import type { Instant } from '../../cases/time.ts'
import { deadlineText, latenessText } from '../../cases/words/deadlines.ts'
import type { Labels } from '../../cases/words/labels.ts'
import { extensionOf } from '../../cases/extension.ts'
import { workOf } from '../../cases/progress/draft.ts'
import { spansText } from '../../cases/words/spans.ts'
import type { World } from '../../cases/world.ts'
import type { Language } from '../context/deps.ts'
import { annulledBreach } from './annulled-breach.ts'
import type { ActionBody } from './schema.ts'
import { ENDED_TEXT } from './answer-texts.ts'

/** Labels in the language of the request. */
export interface StageLabels extends Labels {
  stage: (id: string) => string
}
export interface Telling {
  entries: Entry[]
  /** The states before and after those entries, with only what the viewer may know. */
  before: CaseState
  after: CaseState
  world: World
  language: Language
  labels: StageLabels
  mayAct: (item: ItemId) => boolean
  /** The public id of the notice that went out with a rung of a clock. */
  noticeOf: (clock: ClockId, rung: Clock['fired'][number]) => string
}

type Event<K extends CaseEvent['kind']> = Extract<CaseEvent, { kind: K }>
const iso = (at: Instant): string => new Date(at).toISOString()

const stepOf = (state: CaseState, item: ItemId): StepState | null => {
  const parts = parseItem(item)
  return state.runs[parts?.run ?? '']?.steps[parts?.step ?? ''] ?? null
}
/** Title of a step; null when the viewer may not know it. */
export const titleOf = ({ after, labels }: Telling, item: ItemId): string | null =>
  (parseItem(item)?.run ?? '') in after.runs ? labels.step(item) : null
const publicId = ({ after }: Telling, id: ItemId | ClockId): string => `${after.number}.${id}`

const clockOf = (state: CaseState, item: ItemId): [ClockId, Clock] | null => {
  for (const kind of ['due', 'lapses'] as const) {
    const clock = state.clocks[clockId(item, kind)]
    if (clock !== undefined) return [clockId(item, kind), clock]
  }
  return null
}

const deadlineOf = (telling: Telling, item: ItemId) => {
  const found = clockOf(telling.after, item)
  if (found === null) return null
  const [id, clock] = found
  const { now, settings } = telling.world
  const state = clock.heldBy.length > 0 ? 'held' : now > clock.target ? 'late' : 'on_time'
  const text = deadlineText(clock, now, settings, telling.language)
  return { clock: publicId(telling, id), state, at: iso(clock.target), text } as const
}

const endedDeadline = (telling: Telling, item: ItemId, at: Instant) => {
  const clock = telling.before.clocks[clockId(item, 'due')]
  if (clock === undefined) return undefined
  const words = ENDED_TEXT[telling.language]
  const annulled = telling.entries.find(
    ({ event }) => event.kind === 'breach_annulled' && event.clock === clockId(item, 'due'),
  )
  if (annulled?.event.kind === 'breach_annulled')
    return annulledBreach(clock, annulled.event.sent, {
      ...telling,
      now: telling.world.now,
      noticeOf: (rung) => telling.noticeOf(clockId(item, 'due'), rung),
    })
  const late = latenessText(clock, at, telling.world.settings, telling.language)
  return late === null
    ? ({ state: 'met', text: words.met } as const)
    : ({ state: 'breached', text: `${words.late} ${late}` } as const)
}

const endedStep = (telling: Telling, entry: Entry, event: Event<'step_ended'>) => {
  const title = titleOf(telling, event.item)
  if (title === null) return []
  const label = telling.labels.outcome(event.item, event.outcome)
  const deadline = endedDeadline(telling, event.item, entry.at)
  const outcome = { id: event.outcome, label }
  return [{ id: publicId(telling, event.item), title, outcome, ...(deadline === undefined ? {} : { deadline }) }]
}

const openedStep = (telling: Telling, event: Event<'step_opened'>) => {
  const title = titleOf(telling, event.item)
  const step = stepOf(telling.after, event.item)
  if (title === null || step?.status !== 'open') return []
  const { labels } = telling
  const first = event.roles.find((one) => 'role' in one)
  const id = publicId(telling, event.item)
  return [
    {
      id,
      title,
      for: {
        role: first !== undefined && 'role' in first ? { id: first.role, label: labels.role(first.role) } : null,
        owner: event.owner === null ? null : { id: event.owner, label: labels.user(event.owner) },
      },
      you_may_act: telling.mayAct(event.item),
      deadline: deadlineOf(telling, event.item),
      href: `/api/v1/work/${id}`,
    },
  ]
}

/** How much more time was given, of how much there may be. */
const extendedText = ({ after, world, language }: Telling, clock: Clock): string => {
  const work = workOf(after, world, clock.item)
  const most = work && extensionOf(work, clock)?.most
  const given = spansText(clock.extended, language)
  return most ? `${given} ${language === 'fr' ? 'sur' : 'of'} ${spansText([most], language)}` : given
}

const movedClock = (telling: Telling, id: ClockId): NonNullable<ActionBody['clocks']> => {
  const clock = telling.after.clocks[id]
  if (clock === undefined) return []
  const { now, settings } = telling.world
  const before = telling.before.clocks[id]
  const text = deadlineText(clock, now, settings, telling.language)
  const extended = clock.extended.length === 0 ? {} : { extended: extendedText(telling, clock) }
  return [
    {
      id: publicId(telling, id),
      state: now > clock.target ? 'late' : 'on_time',
      at: iso(clock.target),
      text,
      before: before === undefined ? null : iso(before.target),
      ...extended,
    },
  ]
}

const givenNotice = (telling: Telling, event: Event<'notice_given'>) => {
  const title = titleOf(telling, event.item)
  if (title === null) return []
  const { labels } = telling
  const user = event.to.startsWith('user:') ? event.to.slice(5) : null
  const to = user === null ? { id: event.to, label: labels.role(event.to) } : { id: user, label: labels.user(user) }
  return [{ about: publicId(telling, event.item), to, text: `${to.label} — ${title}` }]
}

const gather = (telling: Telling) => {
  const told = {
    ended: [] as NonNullable<ActionBody['ended']>,
    opened: [] as NonNullable<ActionBody['opened']>,
    clocks: [] as NonNullable<ActionBody['clocks']>,
    notices: [] as NonNullable<ActionBody['notices']>,
  }
  for (const entry of telling.entries) {
    const { event } = entry
    // A step that only starts a procedure is machinery, and may be one that nobody is to know of.
    if (event.kind === 'step_ended' && event.how !== 'start') told.ended.push(...endedStep(telling, entry, event))
    else if (event.kind === 'step_opened') told.opened.push(...openedStep(telling, event))
    else if (event.kind === 'notice_given') told.notices.push(...givenNotice(telling, event))
    else if (event.kind === 'clock_extended' || event.kind === 'clock_replanned')
      told.clocks.push(...movedClock(telling, event.clock))
  }
  return told
}

/** The parts of an answer that do not depend on whether it was recorded, is a preview or a repeat. */
export const answerParts = (telling: Telling) => {
  const { after, labels } = telling
  const number = after.number
  const brief = {
    number,
    status: after.status === 'closed' ? ('closed' as const) : ('open' as const),
    stage: { id: after.stage, label: labels.stage(after.stage) },
    href: after.subject === 'arrival' ? `/api/v1/arrivals/${number}` : `/api/v1/cases/${number}`,
  }
  return { ...gather(telling), case: brief }
}
