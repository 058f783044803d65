import { z } from '@hono/zod-openapi'
import { dayOf } from '../../cases/clocks/civil.ts'
import { movedTarget, timeGiven } from '../../cases/extension.ts'
import { uncapitalised } from '../../cases/words/language.ts'
import { ClockRef, FreeText, TermBody, common } from '../openapi/bodies.ts'
import { defineAct, type Grounds } from './act.ts'
import { refusedNow } from './refused-now.ts'

const USED = { fr: 'La prolongation possible est épuisée', en: 'No more time can be given' }
const RESERVED = {
  fr: (role: string) => `Réservé : ${role}`,
  en: (role: string) => `Reserved for: ${role}`,
}
const leftOf = ({ clock, rule }: Grounds['clock']): number => rule.most.n - timeGiven(clock)

export const extendClock = defineAct({
  name: 'extend_clock',
  operationId: 'extendClock',
  summary: {
    fr: 'Donner plus de temps à une étape, dans ses limites et avec un motif',
    en: 'Give a step more time, within its bounds and with a reason',
  },
  body: z.strictObject({ clock: ClockRef, by: TermBody, reason: FreeText, ...common }).openapi('ExtendClock'),
  label: { fr: 'Prolonger', en: 'Give more time' },
  said: {
    fr: (told) => `Échéance reportée : ${uncapitalised(told.deadline ?? '')}.`,
    en: (told) => `Deadline moved: ${uncapitalised(told.deadline ?? '')}.`,
  },
  onArrivals: true,
  on: {
    clock: {
      points: ({ id }) => ({ clock: id }),
      body: ({ id }, { number }) => ({ clock: `${number}.${id}` }),
      fill: () => ['by', 'reason'],
      /** How much more time may be given, and the last day that it leads to. */
      limits(at, { world }) {
        const most = { n: leftOf(at), unit: at.rule.most.unit }
        const latest = dayOf(movedTarget(at.clock, most, world.settings).at)
        return { most: { amount: most.n, unit: most.unit }, latest }
      },
      notNow(refusal, at, loaded) {
        const { language } = loaded
        if (leftOf(at) <= 0) return { why: USED[language], who: [] }
        if (refusal.code !== 'role_required') return refusedNow(refusal, at, loaded)
        return { why: RESERVED[language](loaded.labelsOf(loaded.state).role(at.rule.by)), who: refusal.who }
      },
    },
  },
  make: (body, reader) => {
    const { item, clock } = reader.clock(body.clock)
    const by = { n: body.by.amount, unit: body.by.unit }
    return { act: 'extend_clock', clock, by, reason: reader.secret(item, 'reason', body.reason) }
  },
})
