/** What a viewer may do with a case as a whole, beside its steps. */

import { keeperOf } from '../../cases/decide/consents.ts'
import { openingRun } from '../../cases/decide/correct-opening.ts'
import { holdsRole } from '../../cases/who-may.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { Deps } from '../context/deps.ts'
import type { Permitted } from './offered-on-item.ts'

const WORDS = {
  fr: {
    begin: 'Commencer : ',
    note: 'Ajouter une note',
    consent: 'Noter un consentement',
    opening: 'Corriger les renseignements de départ',
    manager: 'Changer de gestionnaire de cas',
    suspend: 'Suspendre le dossier',
    resume: 'Reprendre le dossier',
  },
  en: {
    begin: 'Begin: ',
    note: 'Add a note',
    consent: 'Record a consent',
    opening: 'Correct what was told at the opening',
    manager: 'Change the case manager',
    suspend: 'Suspend the case',
    resume: 'Resume the case',
  },
} as const
const SUPERVISORS = ['supervisor', 'regional_coordinator', 'national_coordination']

export function caseActs(deps: Deps, loaded: LoadedCase): Permitted[] {
  const { settings } = loaded.world
  const words = WORDS[loaded.language]
  const home = loaded.state.facts['home'] ?? loaded.state.facts['centre']
  const place = typeof home === 'string' ? home : null
  const holds = (role: string): boolean => holdsRole(loaded.session.principal, role, place, settings.places)
  const act = (name: string, label: string, fill: string[], body: Record<string, string> = {}): Permitted => ({
    act: name,
    label,
    method: 'POST',
    href: `/api/v1/cases/${loaded.number}/actions/${name}`,
    body,
    fill,
  })
  const note = act('add_note', words.note, ['text'])
  const begins = beginnable(deps, loaded, holds).map((document) =>
    act('begin_procedure', `${words.begin}${document.title[loaded.language]}`, inputsOf(document), {
      procedure: document.procedure,
    }),
  )
  const standing = { world: loaded.world, action: { by: loaded.session.principal } }
  const keeps = keeperOf(standing, loaded.seen) !== null
  const correct =
    keeps && openingRun(loaded.seen) !== null ? [act('correct_opening', words.opening, ['answers', 'reason'])] : []
  if (loaded.state.status === 'closed') return [...begins, note, ...correct]
  const suspended = Object.values(loaded.state.runs).some(
    (run) => run.status === 'open' && run.procedure.id === settings.suspension,
  )
  return [
    ...begins,
    note,
    ...correct,
    ...(keeps ? [act('record_consent', words.consent, ['purpose', 'state', 'form', 'language'])] : []),
    ...(SUPERVISORS.some(holds)
      ? [
          act('change_case_manager', words.manager, ['to', 'reason']),
          suspended ? act('resume', words.resume, []) : act('suspend', words.suspend, ['review_on', 'reason']),
        ]
      : []),
  ]
}

type Document = Deps['country']['procedures'][string]
const inputsOf = (document: Document): string[] => (Object.keys(document.inputs ?? {}).length > 0 ? ['answers'] : [])

/** Procedures that the viewer may begin at any time, or on a closed case. Suspension has acts of its own. */
function beginnable(deps: Deps, { state }: LoadedCase, holds: (role: string) => boolean): Document[] {
  const way = state.status === 'closed' ? 'closed_case by ' : 'any_time by '
  return Object.values(deps.country.procedures).filter(
    (document) =>
      document.procedure !== deps.country.suspension &&
      document.begins.some(
        (one) =>
          one.startsWith(way) &&
          one
            .slice(way.length)
            .replace(/ within .*$/, '')
            .split(' or ')
            .some((role) => holds(role.trim())),
      ),
  )
}
