/**
 * The one door for every act, by whichever route it comes: authorise, know repeats, rehearse, seal what is personal, send,
 * and say what became of it.
 */

import type { Action } from '../../cases/actions.ts'
import type { FieldError, Refusal } from '../../cases/refusals.ts'
import type { CaseState } from '../../cases/state.ts'
import type { World } from '../../cases/world.ts'
import { caseById, type Receipt, receiptOf } from '../../database/queries/one-case.ts'
import type { ActAnswer } from '../../workflows/messages.ts'
import type { Deps } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { checkDisclosed } from './check-named.ts'
import { type Rehearsal, rehearse } from './rehearse.ts'
import type { Sent } from './send.ts'

/** What each route answers at each turn; `T` is its answer. */
export interface Way<T> {
  at: { caseId: string; state: CaseState; world: World }
  action: Action
  /** A key that was recorded before: authorised again, and answered as it was. */
  known: (receipt: Receipt) => Promise<T>
  /** Answered without being tried, where nothing of it is new. */
  instead?: () => Promise<T | null>
  /** What only the database or the sealed values tell to be wrong. */
  wrong: () => Promise<FieldError[]>
  refused: (refusal: Refusal | null, errors: FieldError[]) => Promise<T>
  /** Null when the act is meant. */
  preview: ((rehearsed: Extract<Rehearsal, { kind: 'events' }>) => Promise<T>) | null
  /** Whatever must be in the database before it is sent. */
  seal: () => Promise<Sealed<T>>
}
export interface Sealed<T> {
  send: () => Promise<Sent>
  recorded: (answer: ActAnswer) => Promise<T>
  /** Durable, and not recorded yet; null where nothing can be answered before it is. */
  accepted: (() => T) | null
  refused: (refusal: Refusal) => Promise<T>
}

/** Throws problems. */
export const performAct = async <T>(deps: Deps, way: Way<T>): Promise<T> => {
  const { at, action } = way
  const receipt = way.preview ? undefined : await receiptOf(deps.sql, at.caseId, action.id)
  if (receipt !== undefined) return way.known(receipt)
  const instead = await way.instead?.()
  if (instead) return instead
  const errors = await way.wrong()
  const rehearsal = await rehearse(at.state, action, at.world, deps.newest)
  if (rehearsal.kind === 'refused') return way.refused(rehearsal.refusal, errors)
  errors.push(...(await checkDisclosed(deps, rehearsal.entries)))
  if (errors.length > 0) return way.refused(null, errors)
  if (way.preview) return way.preview(rehearsal)
  return becameOf(deps, at.caseId, await way.seal())
}

const becameOf = async <T>(deps: Deps, caseId: string, sealed: Sealed<T>): Promise<T> => {
  const sent = await sealed.send()
  switch (sent.kind) {
    case 'recorded':
      return sealed.recorded(sent.answer)
    case 'accepted':
      if (sealed.accepted) return sealed.accepted()
      throw problem('not_accepted_in_time', { detail: SAME_KEY })
    case 'refused':
      return sealed.refused(sent.refusal)
    case 'late':
      throw problem('not_accepted_in_time', { detail: SAME_KEY })
    case 'stopped':
      throw problem('record_stopped')
    case 'gone': {
      // Somebody may have closed the case since it was read: its workflow has ended.
      const closed = (await caseById(deps.sql, caseId))?.status === 'closed'
      if (closed) return sealed.refused({ code: 'case_closed' })
      throw problem('record_stopped')
    }
  }
}

const SAME_KEY = {
  fr: 'Rien n’est perdu. Renvoyez la même demande avec la même clé.',
  en: 'Nothing is lost. Send the same request again with the same key.',
}
