/** What may be shared, with whom, and what follows at the very instant at which it may no longer be. */

import type { Discloses } from '../../procedures/language/compiled.ts'
import { fieldValue } from '../field-value.ts'
import { parseItem } from '../item.ts'
import type { CaseState, KeptConsent, Run } from '../state.ts'
import { type Draft, emit, runOf, type Work } from './draft.ts'
import { beginRun, stopRun } from './start-runs.ts'

export const isLive = ({ state }: Pick<KeptConsent, 'state'>): boolean => state === 'given' || state === 'override'

/** The latest word on a purpose, of the whole case or of this run, if it allows; null when it does not. */
export function liveConsent(state: CaseState, purpose: string, runId: string): KeptConsent | null {
  const last = Object.values(state.consents).findLast(
    (one) => one.purpose === purpose && (one.run === null || one.run === runId),
  )
  return last && isLive(last) ? last : null
}

/** The consent under which a partner is told something now is in the ledger beside it; false when there is none. */
export function disclose(draft: Draft, rule: Discloses, run: Run, item: string): boolean {
  const runId = parseItem(item)?.run ?? ''
  const consent = liveConsent(draft.state, rule.purpose, runId)
  const to = fieldValue(rule.to, run)
  if (!consent || typeof to !== 'string') return false
  const what = ['number', ...rule.what.filter((path) => isTold(path, run))]
  emit(draft, { kind: 'disclosed', item, to, purpose: rule.purpose, under: consent.id, what })
  return true
}

function isTold(path: string, run: Run): boolean {
  const [step = '', field = ''] = path.split('.')
  const { personal } = step === 'input' ? run : (run.steps[step] ?? {})
  return fieldValue(path, run) !== undefined || personal?.[field] !== undefined
}

/** Runs that live by it stop, whoever received something is asked to erase it, and somebody looks after the rest. */
export function endConsent(draft: Draft, id: string, how: 'consent_withdrawn' | 'consent_ended'): void {
  emit(draft, { kind: how, consent: id })
  const consent = draft.state.consents[id]
  if (!consent) return
  for (const [partner, item] of Object.entries(consent.told ?? {})) {
    const parts = parseItem(item)
    const place = draft.state.runs[parts?.run ?? '']?.steps[parts?.step ?? '']?.place ?? null
    emit(draft, { kind: 'notice_given', item, to: `partner:${partner}`, place, notice: 'erase' })
  }
  if (draft.state.status !== 'open') return
  for (const [runId, run] of Object.entries(draft.state.runs)) {
    if (run.status !== 'open' || (consent.run !== null && consent.run !== runId)) continue
    const lives = runOf(draft.state, draft.world, runId)?.procedure.stopsWithout === consent.purpose
    if (lives && !liveConsent(draft.state, consent.purpose, runId)) stopRun(draft, runId, 'consent_ended')
  }
  for (const { procedure, endOfConsent } of draft.world.settings.watchers) {
    // What a restricted run asked for stays among those who may know of it.
    const startedBy = consent.run === null ? null : id
    if (endOfConsent === consent.purpose) beginRun(draft, { procedure, key: id, inputs: {}, personal: {}, startedBy })
  }
}

/** A refusal after a consent withdraws it. */
export function endEarlier(draft: Draft, { id, purpose, run, state }: KeptConsent): void {
  if (state !== 'refused') return
  for (const earlier of Object.values(draft.state.consents)) {
    if (earlier.id === id || earlier.purpose !== purpose || earlier.run !== run || !isLive(earlier)) continue
    endConsent(draft, earlier.id, 'consent_withdrawn')
  }
}

/** What this run goes by for a purpose, and was not confirmed. */
export function endConsentsOf(draft: Draft, { runId }: Work, purpose: string): void {
  for (const consent of Object.values(draft.state.consents)) {
    if (consent.run === runId && consent.purpose === purpose && isLive(consent))
      endConsent(draft, consent.id, 'consent_ended')
  }
}
