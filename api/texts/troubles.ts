/** What each kind of trouble is called, and the first thing to do about it. */

export const TROUBLES = {
  recorder_stopped: {
    fr: 'L’enregistrement du dossier est arrêté : aucun acte n’est accepté. Relancer le dossier depuis le registre.',
    en: 'Recording of the case has stopped: no act is taken. Revive the case from its ledger.',
  },
  workflow_fails: {
    fr: 'Le moteur échoue sans cesse sur ce dossier. Voir le journal du worker, puis sa version.',
    en: 'The engine fails on this case again and again. See the log of the worker, then its version.',
  },
  past_wake: {
    fr: 'Le dossier a dormi au-delà de son échéance. Vérifier qu’un worker tourne, puis relancer le dossier.',
    en: 'The case slept past its deadline. Check that a worker runs, then revive the case.',
  },
  mail_parked: {
    fr: 'Des courriels sont mis de côté. Corriger la cause, puis les remettre en attente.',
    en: 'Mail is set aside. Mend the cause, then put it back in the queue.',
  },
  role_unheld: {
    fr: 'Personne ne tient ce rôle : nommer quelqu’un. L’échelon suivant est prévenu en attendant.',
    en: 'Nobody holds this role: name somebody. The next rung is told meanwhile.',
  },
  engine_silent: {
    fr: 'Le moteur ne répond pas : les tâches en échec ne peuvent être listées.',
    en: 'The engine does not answer: failing tasks cannot be listed.',
  },
} as const
export type TroubleKind = keyof typeof TROUBLES
