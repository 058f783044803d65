import { dayOf, endOf, HOUR_MS, MINUTE_MS, startOf, weekdayOf } from '../clocks/civil.ts'
import type { CivilDate, Instant } from '../time.ts'
import type { Language } from './language.ts'

const WEEKDAYS: Record<Language, readonly string[]> = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}
const MONTHS: Record<Language, readonly string[]> = {
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
}

/** "vendredi 20": enough where the month is clear. */
export function dayText(date: CivilDate, language: Language): string {
  const day = Number(date.slice(8))
  const number = language === 'fr' && day === 1 ? '1er' : String(day)
  return `${WEEKDAYS[language][weekdayOf(date) - 1] ?? ''} ${number}`
}

export const monthText = (date: CivilDate, language: Language): string =>
  MONTHS[language][Number(date.slice(5, 7)) - 1] ?? ''

/** "vendredi 20 novembre"; with the year when it is not the year of `today`. */
export function dateText(date: CivilDate, language: Language, today: CivilDate = date): string {
  const year = date.slice(0, 4) === today.slice(0, 4) ? '' : ` ${date.slice(0, 4)}`
  return `${dayText(date, language)} ${monthText(date, language)}${year}`
}

/** "vendredi 20 novembre 2026": for who cannot say what day it is now. */
export const fullDateText = (date: CivilDate, language: Language): string =>
  `${dateText(date, language)} ${date.slice(0, 4)}`

/** "vendredi 20 novembre, 17 h 30"; with the year when it is not the year of `today`. */
export function instantText(at: Instant, language: Language, today?: CivilDate): string {
  return `${dateText(dayOf(at), language, today)}, ${timeText(at, language)}`
}

/** "vendredi 20 novembre 2026, 17 h 30", and the day alone at midnight: for who cannot say what day it is now. */
export function fullInstantText(at: Instant, language: Language): string {
  const date = dayOf(at)
  const day = fullDateText(date, language)
  return at === startOf(date) ? day : `${day}, ${timeText(at, language)}`
}

/** As `instantText`, but a deadline that is the end of a day is told by its day alone. */
export function deadlineInstantText(at: Instant, language: Language, today?: CivilDate): string {
  return at === endOf(dayOf(at)) ? dateText(dayOf(at), language, today) : instantText(at, language, today)
}

/** "17 h 30", "11 h"; in English "17:30". */
export function timeText(at: Instant, language: Language): string {
  const sinceMidnight = at - startOf(dayOf(at))
  const hours = Math.floor(sinceMidnight / HOUR_MS)
  const minutes = String(Math.floor((sinceMidnight % HOUR_MS) / MINUTE_MS)).padStart(2, '0')
  if (language === 'en') return `${String(hours).padStart(2, '0')}:${minutes}`
  return minutes === '00' ? `${hours} h` : `${hours} h ${minutes}`
}
