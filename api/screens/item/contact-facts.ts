/** What whoever does a step looks up first, how to reach the person and which places are theirs, and where that comes from. */

import type { FactValue } from '../../../cases/events.ts'
import { openingRun } from '../../../cases/opening-run.ts'
import { dayOf } from '../../../cases/clocks/civil.ts'
import { parseItem } from '../../../cases/item.ts'
import type { Person } from '../../../database/queries/people.ts'
import type { LoadedCase } from '../../case/load-case.ts'
import type { CaseLabels } from '../../case/labels.ts'
import type { Deps } from '../../context/deps.ts'

const TELEPHONE = { fr: 'Téléphone', en: 'Telephone' }

interface Shown {
  label: string
  value: string
  personal?: true
  from: { title: string; on: string } | null
}

export const contactFactsOf = ({ country }: Deps, loaded: LoadedCase, person: Person | undefined): Shown[] => {
  const labels = loaded.labelsOf(loaded.seen)
  const phone = person?.phone
  const places = Object.entries(loaded.seen.facts).flatMap(([fact, value]) => {
    const known = country.facts[fact]
    return known?.type === 'place' ? placeOf(known.label[loaded.language], loaded, labels, fact, value) : []
  })
  if (phone === undefined) return places
  const label = TELEPHONE[loaded.language]
  return [{ label, value: phone, personal: true, from: fromOpening(loaded, labels, 'phone') }, ...places]
}

function placeOf(label: string, loaded: LoadedCase, labels: CaseLabels, fact: string, value: FactValue): Shown[] {
  if (typeof value !== 'string') return []
  const set = loaded.past.findLast(({ event }) => event.kind === 'fact_set' && event.fact === fact)
  const item = set?.event.kind === 'fact_set' ? set.event.item : null
  const shown = { label, value: labels.place(value) }
  if (set === undefined || item === null) return [{ ...shown, from: fromOpening(loaded, labels, fact) }]
  const known = loaded.seen.runs[parseItem(item)?.run ?? ''] !== undefined
  return [{ ...shown, from: known ? { title: labels.step(item), on: dayOf(set.at) } : null }]
}

/** The opening, on the day it was made, or this member of it was last corrected. */
function fromOpening(loaded: LoadedCase, labels: CaseLabels, member: string): Shown['from'] {
  const run = openingRun(loaded.state)
  if (run === null || loaded.seen.runs[run] === undefined) return null
  const corrected = loaded.past.findLast(
    ({ event }) => event.kind === 'opening_corrected' && (member in event.personal || member in event.answers),
  )
  return { title: labels.run(run), on: dayOf(corrected?.at ?? loaded.state.opened) }
}
