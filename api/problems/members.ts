/** What the members of requests are called to whoever reads a refusal: a form on a screen shows no `snake_case`. */

import type { Language } from '../context/deps.ts'

/** French first, then English; a member that is not here keeps its own name. */
const MEMBERS: Record<string, readonly [string, string]> = {
  absent: ['Réponses refusées ou inconnues', 'Answers refused or unknown'],
  amount: ['Nombre', 'Number'],
  answers: ['Réponses', 'Answers'],
  birth: ['Naissance', 'Birth'],
  by: ['Durée', 'Amount'],
  carrier: ['Transporteur', 'Carrier'],
  cases: ['Quels dossiers', 'Which cases'],
  cause: ['Cause', 'Cause'],
  channel: ['Voie d’arrivée', 'Way of arrival'],
  clock: ['Délai', 'Clock'],
  consent: ['Accord', 'Consent'],
  date: ['Date', 'Date'],
  declared_by: ['Déclaré par', 'Declared by'],
  device: ['Appareil', 'Device'],
  evidence: ['Pièces', 'Evidence'],
  expected: ['Arrivée prévue', 'Expected arrival'],
  field: ['Champ', 'Field'],
  form: ['Forme', 'Form'],
  from: ['De', 'From'],
  happened: ['Date', 'Date'],
  headcount: ['Effectif annoncé', 'Announced number of people'],
  kept_at: ['Lieu où le papier est gardé', 'Where the paper is kept'],
  language: ['Langue', 'Language'],
  limit: ['Lignes par page', 'Rows of a page'],
  name: ['Nom', 'Name'],
  numbers: ['Numéros de dossier', 'Case numbers'],
  outcome: ['Résultat', 'Outcome'],
  over_limit: ['Au-delà du nombre de dossiers', 'Beyond the caseload'],
  owner: ['Responsable', 'Owner'],
  people: ['Personnes', 'People'],
  phone: ['Téléphone', 'Telephone'],
  place: ['Lieu', 'Place'],
  procedure: ['Procédure', 'Procedure'],
  purpose: ['But', 'Purpose'],
  reason: ['Motif', 'Reason'],
  remarks: ['Remarques', 'Remarks'],
  review_on: ['Date de revue', 'Date of review'],
  row: ['Ligne', 'Row'],
  secret: ['Mot de passe', 'Secret'],
  stage: ['Phase', 'Stage'],
  starts: ['Début', 'Start'],
  state: ['État', 'State'],
  step: ['Étape', 'Step'],
  text: ['Texte', 'Text'],
  title: ['Titre', 'Title'],
  to: ['Destinataire', 'Recipient'],
  unit: ['Unité', 'Unit'],
  until: ['Jusqu’au', 'Until'],
  user: ['Identifiant', 'User'],
  via: ['Par quelle voie', 'By which way'],
  within: ['Délai', 'Within'],
}

/** Never what a client made up: such a name may be personal. */
export const memberName = (name: string, language: Language): string =>
  (Object.hasOwn(MEMBERS, name) ? MEMBERS[name]?.[language === 'fr' ? 0 : 1] : undefined) ?? shownName(name)

/** The shape of every member, field, piece of evidence and filter; what objects inherit is none of them. */
export const NAME = /^(?!constructor$)[a-z][a-z0-9_]{0,59}$/

/** A slug may be said back to the client; anything else could be the name of a person. */
export const shownName = (name: string): string => (NAME.test(name) ? name : '?')
