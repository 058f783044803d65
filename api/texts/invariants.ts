/** What is always true, in a sentence each. */
export const INVARIANTS = {
  I1: {
    fr: 'Personne n’est oublié : chaque dossier ouvert a une étape, un responsable et une échéance',
    en: 'Nobody is forgotten: every open case has a step, an owner and a clock',
  },
  I2: {
    fr: 'Le silence ne refuse et ne clôt jamais : une personne nommée a clos chaque dossier clos',
    en: 'Silence never refuses or closes: a named person closed every closed case',
  },
  I3: {
    fr: 'Une action acceptée n’est ni perdue ni appliquée deux fois',
    en: 'An accepted action is never lost and never applied twice',
  },
  I4: {
    fr: 'Ce qui reste d’un délai est le délai moins le temps compté, à l’unité',
    en: 'What is left of a clock is its budget less the time counted, to the unit',
  },
  I5: {
    fr: 'Le journal, la vue d’ensemble et l’état vivant disent la même chose',
    en: 'Ledger, overview and live state say the same',
  },
  I6: {
    fr: 'Chaque rappel et chaque relance est au journal une seule fois, et donne au plus un courriel',
    en: 'Every reminder and escalation is in the ledger once, and gives at most one mail',
  },
  I7: {
    fr: 'Un dossier suit la version de procédure avec laquelle il a commencé',
    en: 'A case runs under the version that it began with',
  },
  I8: {
    fr: 'Aucun nom, téléphone ou texte libre hors de la base scellée',
    en: 'No name, telephone or free text outside the sealed database',
  },
  I9: { fr: 'Un dossier clos n’a plus rien d’ouvert', en: 'A closed case has nothing open' },
  I10: {
    fr: 'Rien n’est partagé sans consentement en cours, ou danger vital contresigné',
    en: 'Nothing is shared without a live consent, or a countersigned danger to life',
  },
  I11: { fr: 'Le journal n’a ni trou ni bifurcation', en: 'The ledger has no gap and no fork' },
  I12: {
    fr: 'Aucun dossier ne dort au-delà de son réveil sans qu’on le voie',
    en: 'No case sleeps past its wake-up unseen',
  },
  I13: {
    fr: 'Qui n’en est pas chargé ne peut savoir s’il existe un suivi confidentiel',
    en: 'Nobody who is not assigned can tell whether a confidential run exists',
  },
} as const
export type InvariantId = keyof typeof INVARIANTS
const isInvariant = (id: string): id is InvariantId => id in INVARIANTS
export const INVARIANT_IDS = Object.keys(INVARIANTS).filter(isInvariant)
