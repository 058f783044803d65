/** What the groups and operations of the document are called in French; the document itself speaks English, as its names do. */

export const GROUPS: Record<string, string> = {
  'sign-in': 'Se connecter',
  work: 'Ce qui est à faire',
  cases: 'Dossiers',
  actions: 'Agir sur un dossier',
  people: 'Collègues',
  arrivals: 'Arrivées',
  documents: 'Pièces, envoyées par morceaux',
  feed: 'Flux pour d’autres systèmes',
  reference: 'Lieux, rôles, partenaires, listes, procédures',
  installation: 'Calendrier, formation, état du service',
}

/** By `operationId`; acts on a case say their own. */
export const SUMMARIES: Record<string, string> = {
  getEntry: 'Par où commencer',
  signIn: 'Se connecter ; demander deux fois donne deux jetons',
  listTokens: 'Mes jetons en cours',
  signOut: 'Révoquer un de mes jetons, pour un téléphone perdu par exemple',
  getMe: 'Qui je suis, où, et ce que je peux commencer',

  listWork: 'Ce qui m’attend, moi ou mes lieux, le plus urgent d’abord',
  listOverdue: 'Ce qui est en retard dans mes lieux, le pire d’abord',
  getWorkItem: 'Une étape ouverte : formulaire, délai, ce qui est permis, et pourquoi le reste ne l’est pas',
  saveDraft: 'Garder ce qui est déjà rempli ; rien n’est vérifié',
  deleteDraft: 'Oublier le brouillon',
  makePartnerLink: 'Un lien par lequel le partenaire répond sans compte ; demander deux fois donne deux liens',
  countOverrides: 'Fins hors procédure par procédure, étape et lieu, avec leurs causes, là où je supervise',

  listOpenings: 'Ce que je peux ouvrir, avec chaque formulaire',
  openCase: 'Ouvrir un dossier ; la même clé redonne le même dossier',
  listCases: 'Dossiers de mes lieux, les plus récents d’abord',
  searchPerson:
    'Retrouver une personne par nom, naissance ou téléphone, quelle que soit l’écriture ; rien n’est enregistré',
  getCase: 'Un dossier : personne, procédures, étapes ouvertes, accords, ce qui peut être fait',
  getTimeline: 'Ce qui s’est passé dans un dossier, le plus récent d’abord',
  explainCase: 'Ce qu’un dossier attend, et pourquoi',
  getLiveCase: 'L’état vivant d’un dossier, comparé à ce qui est enregistré',
  listClocks: 'Les délais qui courent dans un dossier, avec leur calcul',
  listNotices: 'Rappels, alertes et avis d’un dossier des sept derniers jours, et s’ils sont partis',
  listDocuments: 'Pièces jointes aux étapes d’un dossier, les plus récentes d’abord',
  listDisclosures: 'Ce que des partenaires ont appris d’un dossier, et en vertu de quel accord',
  listReads: 'Qui a lu ce qui est scellé sur cette personne, et où ; pour la protection des données',

  getAction: 'Ce qu’un envoi est devenu ; 404 s’il n’est jamais arrivé',
  beginBatch: 'Commencer une procédure dans tous les dossiers qu’un filtre trouve',
  listBatches: 'Les actions sur plusieurs dossiers que j’aurais pu lancer ; les cent dernières',
  getBatch: 'Où en est une action sur plusieurs dossiers, et lesquels elle laisse tels quels',
  liftBatch: 'Lever ce qui a été commencé, partout où c’est encore en cours ; chaque délai retrouve ce qui lui restait',

  listUsers: 'Collègues qui tiennent un rôle dans un lieu',
  getWorkload: 'Qui porte combien dans mes lieux, et quels rôles personne ne tient',
  grantRole:
    'Confier à quelqu’un une fonction en un lieu ; si elle ouvre un travail réservé, attend la signature de qui l’exerce',
  listGrants: 'Ce que j’ai demandé, ce qui attend ma signature, et ce qui a été accordé ; les cent plus récents',
  answerGrant: 'Signer une attribution qui attend, ou la refuser',
  handOver: 'Congé, maladie, départ ou fermeture d’un bureau : tout le travail va à des successeurs nommés',
  listHandovers: 'Transmissions des lieux que je supervise, et les miennes ; les cent dernières',
  getHandover: 'Où en est une transmission',

  announceArrival: 'Annoncer un vol ou un convoi',
  listArrivals: 'Arrivées de mes lieux, les plus récentes d’abord',
  getArrival: 'Une arrivée',
  addPeople: 'Ajouter des personnes : chaque ligne ouvre son dossier, une ligne refusée n’arrête pas les autres',
  listArrivalPeople: 'Les lignes d’une arrivée, avec les dossiers ouverts',
  getArrivalAction: 'Ce qu’un envoi est devenu ; 404 s’il n’est jamais arrivé',

  startDocument: 'Commencer l’envoi d’une pièce ; les premiers octets peuvent l’accompagner',
  sendPiece: 'Envoyer le morceau suivant ; au dernier, la réponse est la pièce',
  readDocument: 'Les octets d’une pièce ; HEAD dit combien en est arrivé',
  deleteDocument: 'Oublier une pièce que rien ne retient encore',

  listEvents: 'Ce qui s’est passé dans mes lieux depuis une position ; pour le rôle « integrator »',

  listPlaces: 'Lieux',
  listRoles: 'Rôles',
  listPartners: 'Partenaires dont la convention est en cours, les mieux placés d’abord',
  getCodeList: 'Une liste de codes',
  listProcedures: 'Toutes les versions publiées de toutes les procédures',
  getProcedure: 'Une version publiée, avec tout son texte et sa forme compilée',
  getProcedureSchema: 'Le schéma JSON (2020-12) de ce que chaque étape accepte',

  getCalendar: 'Heures de travail et jours chômés',
  declareDayOff: 'Déclarer un jour chômé ; les délais qui le traversent sont recalculés',
  getBroadcast: 'Où en est une déclaration',
  advanceDate: 'Avancer la date (installation de formation seulement)',
  getAdvance: 'Où en est une avance de date',
  getHealth: 'Vivant, prêt ou diminué : base, moteur et ouvriers répondent-ils',
  checkInvariants:
    'Ce qui doit toujours être vrai, avec des comptes ; les pires dossiers pour qui tient un rôle national',
  listTroubles:
    'Ce qui demande un opérateur : enregistrements arrêtés, dossiers en sommeil, courriels mis de côté, rôles vacants',
}
