import type { Term } from '../../procedures/language/compiled.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import { dayOf, daysBetween } from '../clocks/civil.ts'
import { finestUnit, remaining } from '../clocks/measure.ts'
import type { Clock } from '../state.ts'
import type { Instant } from '../time.ts'
import { deadlineInstantText } from './dates.ts'
import { capitalised, type Language } from './language.ts'
import { spanText } from './spans.ts'

const WORDS = {
  fr: {
    held: 'En pause',
    left: (span: string) => `il reste ${span}`,
    opens: (when: string) => `S'ouvre le ${when}`,
    late: (span: string) => `en retard de ${span}`,
    past: 'délai dépassé',
    today: "aujourd'hui",
    tomorrow: 'demain',
  },
  en: {
    held: 'On hold',
    left: (span: string) => `${span} left`,
    opens: (when: string) => `Opens on ${when}`,
    late: (span: string) => `${span} late`,
    past: 'the deadline has passed',
    today: 'today',
    tomorrow: 'tomorrow',
  },
} as const
const TWO_DAYS_IN_HOURS = 48

/** "Vendredi 20 novembre, 17 h 30 — en retard de 1 jour ouvrable": where a clock stands, in one line. */
export function deadlineText(clock: Clock, now: Instant, settings: Settings, language: Language): string {
  const words = WORDS[language]
  if (clock.heldBy.length > 0) {
    const left = clock.left?.['target']
    return `${words.held} — ${left && left.n >= 0 ? words.left(spanText(left, language)) : words.past}`
  }
  const when = deadlineInstantText(clock.target, language, dayOf(now))
  if (clock.kind === 'opens') return words.opens(when)
  const standing = latenessText(clock, now, settings, language) ?? nearness(clock.target, now, language)
  return capitalised(standing === null ? when : `${when} — ${standing}`)
}

/** "en retard de 3 jours ouvrables"; null while the deadline is still to come, or does not run. */
export function latenessText(clock: Clock, now: Instant, settings: Settings, language: Language): string | null {
  if (clock.heldBy.length > 0 || clock.kind === 'opens' || now <= clock.target) return null
  const late = lateness(clock, now, settings)
  return late === null ? WORDS[language].past : WORDS[language].late(spanText(late, language))
}

/** How late, in whole units of the clock (from two days on, hours are told in days); null when less than one. */
function lateness(clock: Clock, now: Instant, settings: Settings): Term | null {
  const unit = finestUnit([{ n: 1, unit: clock.unit }])
  const n = -remaining(now, clock.target, unit, settings, clock.place).n
  if (unit === 'hours' && n >= TWO_DAYS_IN_HOURS) return { n: Math.floor(n / 24), unit: 'days' }
  return n < 1 ? null : { n: Math.floor(n), unit }
}

function nearness(target: Instant, now: Instant, language: Language): string | null {
  const days = daysBetween(dayOf(now), dayOf(target))
  if (days === 0) return WORDS[language].today
  return days === 1 ? WORDS[language].tomorrow : null
}
