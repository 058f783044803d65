/** Who is perhaps the same person, among the cases that this viewer may know; of others only that there are some. */

import { reasonsFor, weightOf } from '../../../cases/same-person/likeness.ts'
import type { Told } from '../../../cases/same-person/marks.ts'
import { readPeople } from '../../../database/queries/people.ts'
import { findPerson } from '../../../database/queries/person-marks.ts'
import { Reading } from '../../../database/queries/reads.ts'
import { labelsFrom } from '../../case/labels.ts'
import type { Session } from '../../context/session.ts'
import type { Deps, Language } from '../../context/deps.ts'
import { viewerOf } from '../../case/viewer.ts'
import { foundText, reasonText } from '../../texts/likeness.ts'
import { named, namedOrNull, personLabel } from '../../texts/names.ts'
import type { PerhapsSameBody } from './schema.ts'

const MOST_READ = 50
const MOST_SHOWN = 20
/** Below it two people have only a name or an age in common: no reason to warn anybody. */
const WORTH_A_WARNING = 5

export interface Searcher {
  session: Session
  language: Language
}

async function lookFor(
  deps: Deps,
  { session, language }: Searcher,
  asked: { told: Told; except: string | null; least: number; purpose: string },
): Promise<PerhapsSameBody> {
  const { told, except, least, purpose } = asked
  const looking = { told, except, namesAlone: least === 0, most: MOST_READ }
  const { known, elsewhere } = await findPerson(deps.sql, deps.ring, viewerOf(session), looking)
  const ids = known.map((one) => one.caseId)
  const reading = Reading.by(deps.sql, [{ user: session.user, purpose, caseIds: ids, run: null }])
  const [people, names] = await Promise.all([readPeople(deps.sql, deps.ring, ids, reading), deps.names()])
  const labels = labelsFrom({ country: deps.country, names, language, self: session.user, state: null })
  const items = known
    .flatMap((one) => {
      const person = people.get(one.caseId)
      const reasons = person === undefined ? [] : reasonsFor(told, person)
      const weight = weightOf(reasons)
      return reasons.length > 0 && weight >= least ? [{ one, person, reasons, weight }] : []
    })
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST_SHOWN)
    .map(({ one, person, reasons }) => ({
      number: one.number,
      person: personLabel(person),
      status: one.status,
      stage: named(one.stage, labels.stage),
      place: namedOrNull(one.place, labels.place),
      case_manager: namedOrNull(one.caseManager, labels.user),
      because: reasons.map((id) => ({ id, label: reasonText(id, language) })),
      href: `/api/v1/cases/${one.number}`,
    }))
  return { items, elsewhere, text: foundText(items.length, elsewhere, language) }
}

export const searchPerson = (deps: Deps, searcher: Searcher, told: Told): Promise<PerhapsSameBody> =>
  lookFor(deps, searcher, { told, except: null, least: 0, purpose: 'searchPerson' })

/** The warning of an intake; null when there is nothing to say. */
export async function perhapsSame(
  deps: Deps,
  searcher: Searcher,
  told: Told,
  except: string,
): Promise<PerhapsSameBody | null> {
  const found = await lookFor(deps, searcher, { told, except, least: WORTH_A_WARNING, purpose: 'perhapsSame' })
  return found.items.length > 0 || found.elsewhere ? found : null
}
