/** One sentence for each entry of a timeline; null for what only machinery needs. */

import type { By, Entry } from '../../cases/events.ts'
import { itemOfClock } from '../../cases/item.ts'
import type { CaseLabels } from '../case/labels.ts'
import type { Language } from '../context/deps.ts'
import { UNREAD } from '../../cases/view.ts'
import type { LoadedCase } from '../case/load-case.ts'
import { named } from './names.ts'

/** The names of things in one case, those of partners included. */
export interface EntryLabels extends CaseLabels {
  partner: (id: string) => string
}

/** Of what a rung or a notice is told to: the partner's id, null for a role or a user. */
export const partnerOf = (to: string): string | null => (to.startsWith('partner:') ? to.slice(8) : null)

/** The partner that an entry speaks of. */
export function partnerIn({ by, event }: Entry): string | null {
  if (by.kind === 'partner') return by.partner
  switch (event.kind) {
    case 'disclosed':
      return event.to
    case 'rung_fired':
    case 'notice_given':
      return partnerOf(event.to)
    case 'step_opened':
      return event.roles.flatMap((one) => ('partner' in one ? [one.partner] : []))[0] ?? null
    default:
      return null
  }
}

export function entryText(entry: Entry, labels: EntryLabels, language: Language): string | null {
  const fr = language === 'fr'
  const who = byText(entry, labels, language)
  const { event } = entry
  const to = (role: string): string =>
    role.startsWith('user:')
      ? labels.user(role.slice(5))
      : role.startsWith('partner:')
        ? labels.partner(role.slice(8))
        : labels.role(role)
  switch (event.kind) {
    case 'case_opened':
      return fr ? `${who} : dossier ouvert.` : `${who}: case opened.`
    case 'step_opened':
      return fr ? `Étape ouverte : « ${labels.step(event.item)} ».` : `Step opened: “${labels.step(event.item)}”.`
    case 'step_ended': {
      if (event.how === 'start') return null
      const outcome = labels.outcome(event.item, event.outcome)
      return fr
        ? `${who} : « ${labels.step(event.item)} » terminée — ${outcome}.`
        : `${who}: “${labels.step(event.item)}” ended — ${outcome}.`
    }
    case 'sent_back':
      return fr
        ? `Renvoi à une étape antérieure après « ${labels.step(event.item)} ».`
        : `Sent back after “${labels.step(event.item)}”.`
    case 'step_reopened':
      return fr
        ? `${who} : « ${labels.step(event.item)} » rouverte.`
        : `${who}: “${labels.step(event.item)}” re-opened.`
    case 'clock_breached':
      return fr
        ? `En retard : « ${labels.step(itemOfClock(event.clock))} ».`
        : `Late: “${labels.step(itemOfClock(event.clock))}”.`
    case 'breach_annulled':
      return fr
        ? `Retard annulé : « ${labels.step(itemOfClock(event.clock))} ».`
        : `Delay annulled: “${labels.step(itemOfClock(event.clock))}”.`
    case 'clock_extended':
      return fr
        ? `${who} : délai prolongé, « ${labels.step(itemOfClock(event.clock))} ».`
        : `${who}: more time for “${labels.step(itemOfClock(event.clock))}”.`
    case 'clock_replanned':
      return fr
        ? `Échéance recalculée : « ${labels.step(itemOfClock(event.clock))} ».`
        : `Deadline counted again: “${labels.step(itemOfClock(event.clock))}”.`
    case 'clock_held':
      return fr
        ? `En attente : « ${labels.step(itemOfClock(event.clock))} ».`
        : `On hold: “${labels.step(itemOfClock(event.clock))}”.`
    case 'clock_resumed':
      return fr
        ? `Reprise : « ${labels.step(itemOfClock(event.clock))} ».`
        : `Resumed: “${labels.step(itemOfClock(event.clock))}”.`
    case 'rung_fired': {
      const step = labels.step(itemOfClock(event.clock))
      const kind = fr
        ? { reminder: 'Rappel', due: 'Échéance', escalation: 'Relance' }[event.rung]
        : { reminder: 'Reminder', due: 'Due', escalation: 'Escalation' }[event.rung]
      return fr ? `${kind} à ${to(event.to)} : « ${step} ».` : `${kind} to ${to(event.to)}: “${step}”.`
    }
    case 'step_moved':
      return fr
        ? `« ${labels.step(event.item)} » passe à ${labels.place(event.place)}.`
        : `“${labels.step(event.item)}” goes to ${labels.place(event.place)}.`
    case 'step_assigned':
      return fr
        ? `${who} : « ${labels.step(event.item)} » confiée à ${labels.user(event.to)}.`
        : `${who}: “${labels.step(event.item)}” given to ${labels.user(event.to)}.`
    case 'handed_over':
      return fr
        ? `${who} : le travail de ${labels.user(event.from)} passe à ${labels.user(event.to)}.`
        : `${who}: the work of ${labels.user(event.from)} goes to ${labels.user(event.to)}.`
    case 'handed_back':
      return fr
        ? `Retour : le travail revient à ${labels.user(event.to)}.`
        : `Back: the work comes back to ${labels.user(event.to)}.`
    case 'override_proposed':
      return fr
        ? `${who} : fin hors procédure proposée, « ${labels.step(event.item)} ».`
        : `${who}: ending out of turn proposed for “${labels.step(event.item)}”.`
    case 'answer_corrected':
      return fr
        ? `${who} : réponse corrigée, « ${labels.step(event.item)} ».`
        : `${who}: answer corrected in “${labels.step(event.item)}”.`
    case 'opening_corrected':
      return fr ? `${who} : renseignements de départ corrigés.` : `${who}: what was told at the opening corrected.`
    case 'noted':
      return fr ? `${who} : note ajoutée.` : `${who}: note added.`
    case 'consent_recorded':
      return fr
        ? `${who} : consentement noté (${labels.purpose(event.consent.purpose)}).`
        : `${who}: consent recorded (${labels.purpose(event.consent.purpose)}).`
    case 'consent_withdrawn':
      return fr ? `${who} : consentement retiré.` : `${who}: consent withdrawn.`
    case 'consent_ended':
      return fr ? 'Un consentement est arrivé à son terme.' : 'A consent came to its end date.'
    case 'disclosed': {
      const what = event.what.map((path) => labels.told(event.item, path)).join(', ')
      const why = labels.purpose(event.purpose)
      return fr
        ? `Communiqué à ${labels.partner(event.to)} (${why}) : ${what}.`
        : `Disclosed to ${labels.partner(event.to)} (${why}): ${what}.`
    }
    case 'run_stopped':
      if (event.because !== 'lifted') return null
      return fr ? `${who} : levée de « ${labels.run(event.run)} ».` : `${who}: “${labels.run(event.run)}” lifted.`
    case 'people_added':
      return fr ? `${who} : ${event.rows.length} personne(s) ajoutée(s).` : `${who}: ${event.rows.length} people added.`
    case 'case_closed':
      return fr ? `${who} : dossier clos.` : `${who}: case closed.`
    case 'case_reopened':
      return fr ? `${who} : dossier rouvert.` : `${who}: case reopened.`
    default:
      return null
  }
}

export function byText(entry: Entry, labels: EntryLabels, language: Language): string {
  const by = actorOf(entry)
  switch (by.kind) {
    case 'user':
      return labels.user(by.user)
    case 'partner':
      return labels.partner(by.partner)
    case 'time':
      return language === 'fr' ? 'Le temps' : 'Time'
  }
}

/** Whoever holds or lets go may act in a run that its reader is not to know of: a hold is nobody's. */
export function actorOf({ by, event }: Entry): By {
  return event.kind === 'clock_held' || event.kind === 'clock_resumed' ? { kind: 'time' } : by
}

const iso = (at: number): string => new Date(at).toISOString()

const actorId = (entry: Entry): string => {
  const by = actorOf(entry)
  return by.kind === 'user' ? by.user : by.kind === 'partner' ? by.partner : 'time'
}

/** null for what only machinery needs. */
export function entryBody(entry: Entry, labels: EntryLabels, { number, language }: LoadedCase) {
  const text = entryText(entry, labels, language)
  if (text === null) return null
  const { event } = entry
  return {
    kind: event.kind,
    text,
    happened: iso(entry.at),
    recorded: iso(entry.recorded),
    by: { id: actorId(entry), label: byText(entry, labels, language) },
    ...('item' in event && event.item !== null ? { step: `${number}.${event.item}` } : {}),
    ...(event.kind === 'step_ended' && event.outcome !== UNREAD
      ? { outcome: named(event.outcome, (id) => labels.outcome(event.item, id)) }
      : {}),
  }
}
