import type { z } from '@hono/zod-openapi'
import type { Clock } from '../../cases/state.ts'
import type { ArithmeticLine as Counted } from '../../cases/words/arithmetic.ts'
import { deadlineText } from '../../cases/words/deadlines.ts'
import { instantText } from '../../cases/words/dates.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { ArithmeticLine, RunningDeadline } from '../openapi/deadlines.ts'
import { named } from '../texts/names.ts'
import { noticeOfRung } from '../case/notice-id.ts'

type Line = z.infer<typeof ArithmeticLine>
type Running = z.infer<typeof RunningDeadline>

const stateOf = (clock: Clock, now: number): Running['state'] => {
  if (clock.heldBy.length > 0) return 'held'
  if (clock.kind === 'opens') return 'waiting'
  return now > clock.target ? 'late' : 'on_time'
}

/** A deadline as a list and an item show it. */
export function deadlineOf(loaded: LoadedCase, clockId: string, clock: Clock): Running {
  const { now, settings } = loaded.world
  const labels = loaded.labelsOf(loaded.state)
  const rung = clock.heldBy.length === 0 ? clock.marks.find((mark) => mark.kind === 'rung') : undefined
  return {
    clock: `${loaded.number}.${clockId}`,
    state: stateOf(clock, now),
    at: new Date(clock.target).toISOString(),
    text: deadlineText(clock, now, settings, loaded.language),
    fired: clock.fired.map((one) => ({
      rung: one.mark,
      notice: noticeOfRung(loaded, clockId, one),
      at: new Date(one.at).toISOString(),
      to: one.to.startsWith('user:') ? labels.user(one.to.slice(5)) : labels.role(one.to.replace(/^partner:/, '')),
    })),
    next_rung: rung
      ? {
          at: new Date(rung.at).toISOString(),
          to: named(rung.role ?? '', labels.role),
          text: `${instantText(rung.at, loaded.language, dayOf(now))} : ${labels.role(rung.role ?? '')}`,
        }
      : null,
  }
}

/** A line of the arithmetic behind a deadline. */
export const lineOf = ({ at, ...line }: Counted): Line => ({
  ...line,
  ...(at === undefined ? {} : { at: new Date(at).toISOString() }),
})
