/** What is said of acts that have no route of their own on a case: openings, rows of an arrival, and acts over many cases. */

import type { ActName } from '../../cases/actions.ts'
import type { CaseActName, Said } from './act.ts'

export const ELSEWHERE: Record<Exclude<ActName, CaseActName>, Said> = {
  open_case: { fr: () => 'Dossier ouvert.', en: () => 'Case opened.' },
  add_people: { fr: () => 'Personnes ajoutées.', en: () => 'People added.' },
  hand_over: { fr: () => 'Travail transmis.', en: () => 'Work handed over.' },
  hand_back: { fr: () => 'Travail rendu.', en: () => 'Work handed back.' },
  lift_batch: { fr: () => 'Levé.', en: () => 'Lifted.' },
}
