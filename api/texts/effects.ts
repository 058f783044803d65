/** What an act would lead to, a sentence for each effect: of what its reader may know, and of nothing else. */

import type { CaseEvent, ClockId } from '../../cases/events.ts'
import { clockId, itemOfClock, parseItem } from '../../cases/item.ts'
import type { CaseState, Clock } from '../../cases/state.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import { dateText } from '../../cases/words/dates.ts'
import { deadlineText } from '../../cases/words/deadlines.ts'
import { uncapitalised } from '../../cases/words/language.ts'
import { endedBy } from '../../cases/who-may.ts'
import type { World } from '../../cases/world.ts'
import type { Language } from '../context/deps.ts'
import { isKnown } from '../case/case-visibility.ts'
import { EFFECT_WORDS } from './effect-texts.ts'
import type { EntryLabels } from './entries.ts'
import type { Consequence } from '../../cases/explain.ts'
import type { Labels } from '../../cases/words/labels.ts'

export interface Effect {
  kind: string
  text: string
}
/** `before` and `after` hold what the viewer may know; `events` are those of the rehearsal that speak of it. */
export interface Foreseen {
  events: CaseEvent[]
  before: CaseState
  after: CaseState
  world: World
  language: Language
  labels: EntryLabels
}

export const effectsOf = (foreseen: Foreseen): Effect[] =>
  [...foreseen.events.flatMap((event) => told(event, foreseen) ?? []), ...waits(foreseen)].filter(
    (one, index, all) => all.findIndex(({ text }) => text === one.text) === index,
  )

function told(event: CaseEvent, foreseen: Foreseen): Effect | null {
  const { before, after, labels, language } = foreseen
  if (!isKnown(after, event)) return null
  const words = EFFECT_WORDS[language]
  const effect = (text: string): Effect => ({ kind: event.kind, text })
  switch (event.kind) {
    case 'step_ended':
      if (event.how === 'start') return null
      return effect(words.ends(labels.step(event.item), labels.outcome(event.item, event.outcome)))
    case 'step_opened':
      return stillOpen(after, event.item) ? effect(opens(event, foreseen)) : null
    case 'step_waiting':
      return effect(words.waits(labels.step(event.item), whenOf(clockId(event.item, 'opens'), foreseen) ?? ''))
    case 'step_off_path':
    case 'step_not_needed':
      return stillOpen(before, event.item) ? effect(words.notNeeded(labels.step(event.item))) : null
    case 'run_begun':
      return effect(words.begins(labels.run(event.run)))
    case 'run_stopped':
      return effect(words.stops(labels.run(event.run)))
    case 'clock_extended':
    case 'clock_replanned': {
      const when = whenOf(event.clock, foreseen)
      return when === null ? null : effect(words.moves(labels.step(itemOfClock(event.clock)), when))
    }
    case 'breach_annulled':
      return effect(words.annulled(labels.step(itemOfClock(event.clock)), event.sent.length))
    case 'step_assigned':
      return effect(words.given(labels.step(event.item), labels.user(event.to)))
    case 'step_moved':
      return effect(words.given(labels.step(event.item), labels.place(event.place)))
    case 'notice_given':
      return effect(noticed(event, foreseen))
    case 'disclosed':
      return effect(
        words.disclosed(
          labels.partner(event.to),
          event.what.map((path) => labels.told(event.item, path)),
        ),
      )
    case 'consent_recorded':
      return effect(words.consent[event.consent.state](labels.purpose(event.consent.purpose)))
    case 'consent_withdrawn':
    case 'consent_ended': {
      const purpose = before.consents[event.consent]?.purpose
      const state = event.kind === 'consent_withdrawn' ? 'withdrawn' : 'ended'
      return purpose === undefined ? null : effect(words.consent[state](labels.purpose(purpose)))
    }
    case 'override_proposed':
      return effect(words.proposed(labels.step(event.item), labels.outcome(event.item, event.outcome)))
    case 'case_closed':
      return effect(words.closes)
    case 'case_reopened':
      return effect(words.reopens)
    default:
      return null
  }
}

const stepAt = (state: CaseState, item: string) => {
  const parts = parseItem(item)
  const step = state.runs[parts?.run ?? '']?.steps[parts?.step ?? '']
  return step?.round === parts?.round ? step : undefined
}
const stillOpen = (state: CaseState, item: string): boolean => stepAt(state, item)?.status === 'open'

function opens(event: Extract<CaseEvent, { kind: 'step_opened' }>, foreseen: Foreseen): string {
  const { labels, language } = foreseen
  const [first] = event.roles
  const named =
    first && ('role' in first ? labels.role(first.role) : 'partner' in first && labels.partner(first.partner))
  const whom = event.owner === null ? named || null : labels.user(event.owner)
  const when = whenOf(clockId(event.item, 'due'), foreseen) ?? whenOf(clockId(event.item, 'lapses'), foreseen)
  return EFFECT_WORDS[language].opens(labels.step(event.item), whom, when)
}

function whenOf(id: ClockId, { after, world, language }: Foreseen): string | null {
  const clock = after.clocks[id]
  return clock === undefined ? null : uncapitalised(deadlineText(clock, world.now, world.settings, language))
}

/** Whoever decided on what is corrected is told, and nothing that they decided is undone. */
function noticed(
  event: Extract<CaseEvent, { kind: 'notice_given' }>,
  { events, after, labels, world, language }: Foreseen,
) {
  const words = EFFECT_WORDS[language]
  const [kind, id = ''] = event.to.split(':')
  const whom = kind === 'user' ? labels.user(id) : kind === 'partner' ? labels.partner(id) : labels.role(event.to)
  const step = stepAt(after, event.item)
  const corrected = events.some((one) => one.kind === 'answer_corrected')
  if (!corrected || step?.status !== 'done' || endedBy(step) !== id) return words.told(whom, labels.step(event.item))
  const on = dateText(dayOf(step.endedAt ?? world.now), language, dayOf(world.now))
  return words.stoodOnIt(labels.step(event.item), whom, on)
}

/** Clocks that would stand still, or run again: as they end up, whatever holds them. */
function waits({ before, after, labels, language }: Foreseen): Effect[] {
  const words = EFFECT_WORDS[language]
  const isHeld = (clock: Clock | undefined): boolean => clock !== undefined && clock.heldBy.length > 0
  return Object.entries(after.clocks).flatMap(([id, clock]): Effect[] => {
    const was = before.clocks[id]
    if (was === undefined || isHeld(was) === isHeld(clock)) return []
    const step = labels.step(clock.item)
    return [
      isHeld(clock)
        ? { kind: 'clock_held', text: words.held(step) }
        : { kind: 'clock_resumed', text: words.resumed(step) },
    ]
  })
}

/** What happens by itself if nobody acts, in a sentence each. */
export function consequenceText(one: Consequence, labels: Labels, item: string, language: Language): string {
  switch (one.kind) {
    case 'told':
      return language === 'fr'
        ? `${labels.role(one.role)} : prévenu(e), et peut agir`
        : `${labels.role(one.role)} is told, and may act`
    case 'lapses':
      return language === 'fr'
        ? `L’étape se termine par le temps : ${labels.outcome(item, one.outcome)}`
        : `Time ends the step: ${labels.outcome(item, one.outcome)}`
    case 'opens':
      return language === 'fr' ? 'L’étape s’ouvre' : 'The step opens'
  }
}
