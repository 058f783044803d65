import type { Repeat } from '../compiled.ts'
import type { WorkText } from '../shapes/step.ts'
import { isKnown } from './context.ts'
import type { Context } from './context.ts'
import { termsAt } from './ladder.ts'
import { anchorAt } from './moment.ts'

const FORMS = '`{ tries, apart, until }`, `{ every, until, at_most }` or `{ at, from, window }`'

/** One of the three forms of `repeat`; null when there is none or it was reported. */
export function repeatOf(context: Context, step: WorkText, index: number): Repeat | null {
  const repeat = step.repeat
  if (!repeat) return null
  const path = ['steps', index, 'repeat']
  const keys = Object.keys(repeat).toSorted().join(' ')
  if (keys === 'at from window' && repeat.at && repeat.from && repeat.window) {
    const at = repeat.at.flatMap((text, place) => {
      const terms = termsAt(context, text, [...path, 'at', place])
      return terms ? [terms] : []
    })
    const from = anchorAt(context, repeat.from, [...path, 'from'], 0)
    const window = termsAt(context, repeat.window, [...path, 'window'])
    return from && window ? { kind: 'dates', at, from, window } : null
  }
  const apart = repeat.apart ?? repeat.every
  const most = repeat.tries ?? repeat.at_most
  const gapForm = keys === 'apart tries until' || keys === 'at_most every until'
  if (!gapForm || apart === undefined || most === undefined || repeat.until === undefined) {
    context.report('wrong_shape', path, `\`repeat\` is ${FORMS}, with all three keys.`)
    return null
  }
  const gap = termsAt(context, apart, [...path, repeat.apart === undefined ? 'every' : 'apart'])
  const until = typeof repeat.until === 'string' ? [repeat.until] : repeat.until
  for (const [place, outcome] of until.entries()) {
    const at = typeof repeat.until === 'string' ? [...path, 'until'] : [...path, 'until', place]
    isKnown(context.report, 'outcome', outcome, Object.keys(step.outcomes), at)
  }
  return gap && { kind: 'gap', gap, until, atMost: most }
}
