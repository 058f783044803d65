/** What exists for a viewer: a case, and the entries of it that speak of consents. */

import { covers, root } from '../../cases/places.ts'
import type { Principal } from '../../cases/actions.ts'
import type { CaseState } from '../../cases/state.ts'
import type { Settings } from '../../procedures/language/settings.ts'
import type { CaseEvent } from '../../cases/events.ts'

/**
 * Whether a case exists for a viewer: they hold a role over its home, its centre or the place of one of its steps,
 * or are named in it. `seen` must already be the view of that principal.
 */
export const knowsCase = (seen: CaseState, principal: Principal, { places }: Settings): boolean => {
  if (principal.kind !== 'user') return false
  const steps = Object.values(seen.runs).flatMap((run) => Object.values(run.steps))
  const at = [seen.facts['home'], seen.facts['centre'], ...steps.map((step) => step.place)]
  const known = at.filter((place) => typeof place === 'string')
  const where = known.length === 0 ? [root(places)] : known
  const over = where.some((place) => principal.holds.some((held) => covers(held.place, place, places)))
  const named = steps.some(
    (step) =>
      step.owner === principal.user || (step.roles ?? []).some((one) => 'user' in one && one.user === principal.user),
  )
  return over || named || seen.facts['case_manager'] === principal.user
}

/** A consent that a hidden run asked for is hidden with it. */
export function isKnown(seen: CaseState, event: CaseEvent): boolean {
  if (event.kind === 'consent_recorded') return event.consent.run === null || event.consent.run in seen.runs
  const ends = event.kind === 'consent_withdrawn' || event.kind === 'consent_ended'
  return !ends || event.consent in seen.consents
}
