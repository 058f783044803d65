/** A deadline that was kept after all: the delay that was noted is annulled, what it sent out is listed. */

import { dayOf } from '../../cases/clocks/civil.ts'
import type { Clock } from '../../cases/state.ts'
import { dateText } from '../../cases/words/dates.ts'
import type { Labels } from '../../cases/words/labels.ts'
import type { Instant } from '../../cases/time.ts'
import type { Language } from '../context/deps.ts'

export interface SentBefore {
  rung: string
  at: string
  to: string
  notice: string
}
interface Reading {
  /** The public id of the notice that went out with a rung. */
  noticeOf: (rung: Clock['fired'][number]) => string
  language: Language
  labels: Labels
  now: Instant
}
const WORDS = {
  fr: {
    annulled: (date: string) => `Dans le délai. Le retard noté le ${date} est annulé.`,
    sent: (list: string) => ` Étaient déjà partis : ${list}.`,
  },
  en: {
    annulled: (date: string) => `In time. The delay noted on ${date} is annulled.`,
    sent: (list: string) => ` Had already been sent: ${list}.`,
  },
}

/** `marks`: the rungs of that clock which spoke before the annulment. */
export function annulledBreach(clock: Clock, marks: string[], { language, labels, now, noticeOf }: Reading) {
  const words = WORDS[language]
  const date = (at: Instant): string => dateText(dayOf(at), language, dayOf(now))
  const sent = clock.fired.filter(({ mark }) => marks.includes(mark))
  const to = (role: string): string =>
    role.startsWith('user:') ? labels.user(role.slice(5)) : labels.role(role.replace(/^partner:/, ''))
  const list = [...new Set(sent.map((one) => `${date(one.at)} (${to(one.to)})`))].join(', ')
  const already_sent = sent.map((one): SentBefore => ({
    rung: one.mark,
    at: new Date(one.at).toISOString(),
    to: to(one.to),
    notice: noticeOf(one),
  }))
  return {
    state: 'met' as const,
    text: `${words.annulled(date(clock.target))}${list === '' ? '' : words.sent(list)}`,
    already_sent,
  }
}
