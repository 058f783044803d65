/** Every problem this API can answer with: status, title in both languages, and what the client does next. */

interface Kind {
  status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503
  title: { fr: string; en: string }
  /** Whether the same Idempotency-Key may be sent again, and after how many seconds. */
  sameKey: boolean
  after?: number
}

export const PROBLEMS = {
  unreadable: {
    status: 400,
    title: { fr: 'La demande ne peut pas être lue', en: 'The request cannot be read' },
    sameKey: false,
  },
  unknown_member: {
    status: 400,
    title: { fr: 'La demande contient un membre inconnu', en: 'The request has an unknown member' },
    sameKey: false,
  },
  unknown_filter: {
    status: 400,
    title: { fr: 'Ce filtre n’existe pas', en: 'There is no such filter' },
    sameKey: false,
  },
  key_missing: {
    status: 400,
    title: { fr: 'Il manque la clé de la demande', en: 'The request has no key' },
    sameKey: false,
  },
  key_not_uuid: {
    status: 400,
    title: { fr: 'La clé doit être un UUID', en: 'The key must be a UUID' },
    sameKey: false,
  },
  cursor_expired: {
    status: 400,
    title: { fr: 'Cette page de la liste n’est plus valable', en: 'This page of the list is no longer valid' },
    sameKey: false,
  },
  token_missing: {
    status: 401,
    title: { fr: 'Il faut d’abord se connecter', en: 'Sign in first' },
    sameKey: true,
  },
  token_expired: {
    status: 401,
    title: { fr: 'La connexion a expiré', en: 'The sign-in has expired' },
    sameKey: true,
  },
  token_revoked: {
    status: 401,
    title: { fr: 'La connexion n’est plus valable', en: 'The sign-in is no longer valid' },
    sameKey: true,
  },
  sign_in_refused: {
    status: 401,
    title: { fr: 'Identifiant ou secret inconnu', en: 'Unknown user or secret' },
    sameKey: false,
  },
  role_required: {
    status: 403,
    title: { fr: 'Ce n’est pas à vous de le faire', en: 'This is not yours to do' },
    sameKey: false,
  },
  place_required: {
    status: 403,
    title: { fr: 'Cela revient à un autre lieu', en: 'This belongs to another place' },
    sameKey: false,
  },
  own_submission: { status: 403, title: { fr: 'Quatre yeux', en: 'Four eyes' }, sameKey: false },
  second_person_required: {
    status: 403,
    title: { fr: 'Il faut une seconde personne', en: 'A second person is needed' },
    sameKey: false,
  },
  not_found: { status: 404, title: { fr: 'Introuvable', en: 'Not found' }, sameKey: true },
  method_not_allowed: {
    status: 405,
    title: { fr: 'Cette méthode n’est pas permise ici', en: 'This method is not allowed here' },
    sameKey: false,
  },
  already_running: {
    status: 409,
    title: {
      fr: 'Cette procédure est déjà en cours dans ce dossier',
      en: 'This procedure is already running in this case',
    },
    sameKey: false,
  },
  step_not_open: {
    status: 409,
    title: { fr: 'Cette étape n’est pas ouverte', en: 'This step is not open' },
    sameKey: false,
  },
  step_ended: {
    status: 409,
    title: { fr: 'Cette étape est déjà terminée', en: 'This step has already ended' },
    sameKey: false,
  },
  step_reopened: {
    status: 409,
    title: { fr: 'Cette étape a été rouverte', en: 'This step was opened again' },
    sameKey: false,
  },
  changed_since_seen: {
    status: 409,
    title: { fr: 'Cela a changé depuis que vous l’avez vu', en: 'This has changed since you saw it' },
    sameKey: false,
  },
  gate_closed: {
    status: 409,
    title: { fr: 'Une condition n’est pas remplie', en: 'A condition is not met' },
    sameKey: false,
  },
  on_hold: {
    status: 409,
    title: { fr: 'En attente d’une vérification', en: 'Awaiting clearance' },
    sameKey: false,
  },
  case_closed: { status: 409, title: { fr: 'Ce dossier est clos', en: 'This case is closed' }, sameKey: false },
  case_merged: {
    status: 409,
    title: { fr: 'Ce dossier a été réuni avec un autre', en: 'This case was merged into another' },
    sameKey: false,
  },
  limit_reached: { status: 409, title: { fr: 'La limite est atteinte', en: 'The limit is reached' }, sameKey: false },
  over_caseload: {
    status: 409,
    title: { fr: 'Trop de dossiers pour une personne', en: 'Too many cases for one person' },
    sameKey: false,
  },
  no_consent: {
    status: 409,
    title: { fr: 'Le consentement manque', en: 'There is no consent' },
    sameKey: false,
  },
  service_installation: {
    status: 409,
    title: { fr: 'Seule une installation de formation le permet', en: 'Only a training installation allows this' },
    sameKey: false,
  },
  upload_offset: {
    status: 409,
    title: { fr: 'L’envoi reprend à un autre endroit', en: 'The upload resumes elsewhere' },
    sameKey: true,
  },
  link_code_wrong: {
    status: 403,
    title: { fr: 'Ce n’est pas le code de cette demande', en: 'This is not the code of this request' },
    sameKey: true,
  },
  link_ended: {
    status: 410,
    title: { fr: 'Ce lien n’est plus valable', en: 'This link is no longer valid' },
    sameKey: false,
  },
  too_large: { status: 413, title: { fr: 'L’envoi est trop grand', en: 'The request is too large' }, sameKey: false },
  media_type: {
    status: 415,
    title: { fr: 'Ce type de contenu n’est pas accepté', en: 'This media type is not accepted' },
    sameKey: false,
  },
  answers_invalid: {
    status: 422,
    title: { fr: 'Le formulaire est à corriger', en: 'The form needs correcting' },
    sameKey: false,
  },
  happened_unbelievable: {
    status: 422,
    title: { fr: 'Cette date n’est pas possible', en: 'This date is not possible' },
    sameKey: false,
  },
  key_reused: {
    status: 422,
    title: { fr: 'Cette clé a déjà servi à autre chose', en: 'This key was already used for something else' },
    sameKey: false,
  },
  too_many: {
    status: 429,
    title: { fr: 'Trop de demandes à la fois', en: 'Too many requests at once' },
    sameKey: true,
    after: 2,
  },
  unknown: { status: 500, title: { fr: 'Une erreur inattendue', en: 'An unexpected error' }, sameKey: true },
  not_accepted_in_time: {
    status: 503,
    title: { fr: 'Le service n’a pas répondu à temps', en: 'The service did not answer in time' },
    sameKey: true,
    after: 5,
  },
  case_erased: {
    status: 410,
    title: { fr: 'Ce dossier a été effacé', en: 'This case has been erased' },
    sameKey: false,
  },
  record_stopped: {
    status: 503,
    title: { fr: 'L’enregistrement de ce dossier est arrêté', en: 'Recording of this case has stopped' },
    sameKey: true,
    after: 60,
  },
  engine_away: {
    status: 503,
    title: { fr: 'Le moteur ne répond pas', en: 'The engine is away' },
    sameKey: true,
    after: 5,
  },
  starting: {
    status: 503,
    title: { fr: 'Le service démarre', en: 'The service is starting' },
    sameKey: true,
    after: 2,
  },
} as const satisfies Record<string, Kind>

export type ProblemCode = keyof typeof PROBLEMS
const isCode = (code: string): code is ProblemCode => code in PROBLEMS
export const PROBLEM_CODES = Object.keys(PROBLEMS).filter(isCode)
export const kindOf = (code: ProblemCode): Kind => PROBLEMS[code]
