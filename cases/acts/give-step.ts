/** One step goes to one person by name; the clock runs on, and what others were told stays told. */

import { hiddenUser } from '../field-value.ts'
import { decided, emit, type Work } from '../progress/draft.ts'
import type { Decision } from '../world.ts'
import { type Asking, begin, refused } from './asked.ts'

interface Given {
  role: string
  to: string
  reason: string | null
  delegated: boolean
}

export function giveStep(asked: Asking, work: Work, { role, to, reason, delegated }: Given): Decision {
  if (to === hiddenUser(work.run)) {
    return refused({ code: 'answers_invalid', errors: [{ pointer: '/to', code: 'not_an_option' }] })
  }
  const draft = begin(asked, role)
  emit(draft, { kind: 'step_assigned', item: work.item, to, reason, delegated })
  emit(draft, {
    kind: 'notice_given',
    item: work.item,
    to: `user:${to}`,
    place: work.step.place ?? null,
    notice: 'assigned',
  })
  return decided(draft)
}
