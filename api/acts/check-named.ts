/** People, partners, cases and documents that an act names must exist and be fit for it: what the core cannot know. */

import type { Act } from '../../cases/actions.ts'
import { parseItem } from '../../cases/item.ts'
import type { FieldError } from '../../cases/refusals.ts'
import type { Instant } from '../../cases/time.ts'
import type { CaseState } from '../../cases/state.ts'
import { readyDocuments } from '../../database/queries/documents.ts'
import { dayOf } from '../../cases/clocks/civil.ts'
import { activeUsers, partnersAgreed } from '../../database/queries/named.ts'
import { checkCases, type Naming } from './check-cases.ts'
import { checkOwners } from './check-owners.ts'
import type { Deps } from '../context/deps.ts'
import type { BodyFindings } from './read-body.ts'
import type { Named } from './split-answers.ts'
import type { Entry } from '../../cases/events.ts'

/** Users and partners that the act itself names, beside those in its answers. */
const namedBy = (act: Act): Named[] => {
  switch (act.act) {
    case 'assign_step':
    case 'delegate':
    case 'change_case_manager':
      return [{ type: 'user', id: act.to, pointer: '/to' }]
    default:
      return []
  }
}

/** Only the partner whom the step asks can have answered by telephone. */
const wrongPartner = (state: CaseState, act: Act): FieldError[] => {
  if (act.act !== 'complete_step' || act.onBehalfOf === null) return []
  const parts = parseItem(act.step)
  const roles = state.runs[parts?.run ?? '']?.steps[parts?.step ?? '']?.roles ?? []
  const asked = roles.flatMap((one) => ('partner' in one ? [one.partner] : []))
  return asked.includes(act.onBehalfOf) ? [] : [{ pointer: '/on_behalf_of', code: 'not_an_option', expected: asked }]
}

/** People who are in service, partners whose agreement is in force at that instant. */
export const namedErrors = async (deps: Deps, now: Instant, named: readonly Named[]): Promise<FieldError[]> => {
  const users = await activeUsers(
    deps.sql,
    named.flatMap((one) => (one.type === 'user' ? [one.id] : [])),
  )
  const partners = await partnersAgreed(
    deps.sql,
    named.flatMap((one) => (one.type === 'partner' ? [one.id] : [])),
    dayOf(now),
  )
  return named.flatMap(({ type, id, pointer }): FieldError[] => {
    if (type === 'user') return users.has(id) ? [] : [{ pointer, code: 'not_an_option' }]
    if (type === 'case' || partners.get(id) === true) return []
    return [{ pointer, code: partners.has(id) ? 'agreement_ended' : 'not_an_option' }]
  })
}

export const checkNamed = async (
  deps: Deps,
  loaded: Naming,
  act: Act,
  made: Pick<BodyFindings, 'named' | 'documents' | 'beyondCaseload'>,
): Promise<FieldError[]> => {
  const { state } = loaded
  const named = [...namedBy(act), ...made.named]
  const errors = [
    ...wrongPartner(state, act),
    ...(await namedErrors(deps, loaded.world.now, named)),
    ...(await checkCases(deps, loaded, named)),
    ...(await checkOwners(deps, loaded, act, { named, beyondCaseload: made.beyondCaseload })),
  ]
  if (made.documents.length === 0 || !('evidence' in act)) return errors
  const ready = await readyDocuments(deps.sql, state.id, made.documents)
  const missing = Object.entries(act.evidence)
    .filter(([, items]) => items.some((item) => 'document' in item && !ready.has(item.document)))
    .map(([id]): FieldError => ({ pointer: `/evidence/${id}`, code: 'evidence_missing' }))
  return [...errors, ...missing]
}

/**
 * Nothing is told to a partner after the end of its agreement. `entries`: what the act would lead to. Judged by when it happened: a
 * sheet sent in time may be entered later.
 */
export const checkDisclosed = async (deps: Deps, entries: Entry[]): Promise<FieldError[]> => {
  const told = entries.flatMap(({ at, event }) =>
    event.kind === 'disclosed' ? [{ to: event.to, day: dayOf(at) }] : [],
  )
  const agreed = await Promise.all(
    told.map(async ({ to, day }) => (await partnersAgreed(deps.sql, [to], day)).get(to) === true),
  )
  return agreed.every(Boolean) ? [] : [{ pointer: '/step', code: 'agreement_ended' }]
}
