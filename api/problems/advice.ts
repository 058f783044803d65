/** What each problem means and what to do about it, for its page: the answer itself says which field, who, and when. */

import type { ProblemCode } from './catalogue.ts'

interface Advice {
  fr: string
  en: string
}

export const ADVICE: Record<ProblemCode, Advice> = {
  unreadable: {
    fr: 'La demande n’est pas du JSON lisible, ou un membre n’a pas le type attendu : « errors » dit lequel. C’est le programme qu’il faut corriger.',
    en: 'The request is not readable JSON, or a member is not of the expected type: “errors” says which. The program has to be corrected.',
  },
  unknown_member: {
    fr: 'Un membre du corps n’existe pas ici ; « nearest » donne le nom le plus proche. Rien n’est ignoré en silence.',
    en: 'A member of the body does not exist here; “nearest” gives the closest name. Nothing is ignored in silence.',
  },
  unknown_filter: {
    fr: 'Un filtre de l’adresse n’existe pas pour cette liste ; « nearest » donne le nom le plus proche.',
    en: 'A filter in the address does not exist for this list; “nearest” gives the closest name.',
  },
  key_missing: {
    fr: 'Toute écriture porte l’en-tête Idempotency-Key, un UUID gardé jusqu’à une réponse définitive. « use » en propose un.',
    en: 'Every write carries the header Idempotency-Key, a UUID kept until an answer is final. “use” offers one.',
  },
  key_not_uuid: {
    fr: 'L’en-tête Idempotency-Key n’est pas un UUID. « use » en propose un.',
    en: 'The header Idempotency-Key is not a UUID. “use” offers one.',
  },
  cursor_expired: {
    fr: 'Un curseur ne sert qu’à la personne qui l’a reçu, et pour la même liste. Reprenez la liste au début.',
    en: 'A cursor serves only the person who was given it, for the same list. Start the list again.',
  },
  token_missing: {
    fr: 'Connectez-vous (POST /api/v1/tokens), puis renvoyez la demande avec l’en-tête Authorization et la même clé.',
    en: 'Sign in (POST /api/v1/tokens), then send the request again with the header Authorization and the same key.',
  },
  token_expired: {
    fr: 'Reconnectez-vous, puis renvoyez la demande avec la même clé : rien n’est fait deux fois.',
    en: 'Sign in again, then send the request with the same key: nothing is done twice.',
  },
  token_revoked: {
    fr: 'Ce jeton a été retiré, ou vient d’une autre installation, ou son titulaire n’a plus de fonction ici. Reconnectez-vous.',
    en: 'This token was withdrawn, or is of another installation, or its holder has no role here any more. Sign in again.',
  },
  sign_in_refused: {
    fr: 'L’identifiant ou le secret est faux ; lequel des deux n’est pas dit. Demandez un nouveau secret à votre administrateur.',
    en: 'The user or the secret is wrong; which of the two is not said. Ask your administrator for a new secret.',
  },
  role_required: {
    fr: 'Une autre fonction peut le faire : « who » dit laquelle, où et qui. Adressez-vous à elle.',
    en: 'Another role may do it: “who” says which, where and who. Turn to them.',
  },
  place_required: {
    fr: 'Le même acte revient à quelqu’un d’un autre lieu : « who » dit où et qui.',
    en: 'The same act belongs to somebody of another place: “who” says where and who.',
  },
  own_submission: {
    fr: 'Qui a préparé ne décide pas : « who » dit qui peut décider.',
    en: 'Whoever prepared it does not decide: “who” says who may.',
  },
  second_person_required: {
    fr: 'Cet acte veut deux signatures de deux personnes : « who » dit qui peut donner l’autre.',
    en: 'This act needs the signatures of two people: “who” says who may give the other.',
  },
  not_found: {
    fr: 'Rien ne répond à cette adresse, ou rien que vous puissiez voir. Vérifiez le numéro : son dernier chiffre contrôle les autres.',
    en: 'Nothing answers to this address, or nothing that you may see. Check the number: its last digit checks the others.',
  },
  method_not_allowed: {
    fr: 'L’en-tête Allow dit les méthodes que cette adresse connaît.',
    en: 'The header Allow says which methods this address knows.',
  },
  already_running: {
    fr: 'Terminez d’abord la procédure qui est ouverte dans ce dossier, ou levez-la, puis recommencez.',
    en: 'First end the procedure that is open in this case, or lift it, then begin again.',
  },
  step_not_open: {
    fr: 'L’étape attend une autre étape, ou n’est pas demandée dans ce dossier ; « opens » dit quand elle s’ouvre, si c’est connu.',
    en: 'The step waits for another one, or is not needed in this case; “opens” says when it opens, if that is known.',
  },
  step_ended: {
    fr: 'Quelqu’un l’a terminée avant vous : « since » dit qui, quand et comment. Vos réponses sont gardées en brouillon ; « actions » dit ce qui reste possible.',
    en: 'Somebody ended it before you: “since” says who, when and how. Your answers are kept as a draft; “actions” says what is still possible.',
  },
  step_reopened: {
    fr: 'L’étape a été renvoyée : « now » est l’adresse du nouveau tour. Lisez ce qui est demandé avant de répondre.',
    en: 'The step was sent back: “now” is the address of the new round. Read what is asked before you answer.',
  },
  changed_since_seen: {
    fr: 'Ce sur quoi vous décidez a changé : « changes » montre quoi, « since » qui l’a fait et quand. Relisez, puis renvoyez avec le nouveau « basis ».',
    en: 'What you decide about has changed: “changes” shows how, “since” who did it and when. Read it, then send again with the new “basis”.',
  },
  gate_closed: {
    fr: 'Il manque une condition : « gates » dit laquelle et qui peut la remplir.',
    en: 'A condition is missing: “gates” says which, and who can meet it.',
  },
  on_hold: {
    fr: 'L’étape attend une vérification et reprend d’elle-même quand celle-ci est faite ; « waits_for » nomme les étapes que vous pouvez en connaître, « who » dit à qui demander. Le délai ne court pas pendant ce temps.',
    en: 'The step waits for a check and goes on by itself once that is done; “waits_for” names the steps of it that you may know of, “who” says whom to ask. Its deadline does not run meanwhile.',
  },
  case_closed: {
    fr: 'Rien ne change plus dans un dossier clos, sauf s’il est rouvert dans le délai prévu.',
    en: 'Nothing changes in a closed case any more, unless it is reopened in time.',
  },
  case_merged: {
    fr: 'Tout continue dans l’autre dossier : « merged_into » donne son numéro et son adresse.',
    en: 'Everything goes on in the other case: “merged_into” gives its number and address.',
  },
  limit_reached: {
    fr: 'Ce délai a déjà été prolongé autant qu’il peut l’être : « limit » dit combien.',
    en: 'This deadline was already extended as far as it can be: “limit” says by how much.',
  },
  over_caseload: {
    fr: 'La répartition donnerait à quelqu’un plus de dossiers que la limite. Nommez d’autres personnes, ou répartissez entre plusieurs.',
    en: 'This would give somebody more cases than the limit. Name other people, or share them out among several.',
  },
  no_consent: {
    fr: 'Aucun consentement en vigueur ne le permet. Demandez-le d’abord à la personne, puis consignez-le.',
    en: 'No consent in force allows this. Ask the person first, then record it.',
  },
  service_installation: {
    fr: 'Cela n’existe que pour s’exercer : en service, la date est celle du jour.',
    en: 'This exists for training only: in service the date is that of the day.',
  },
  upload_offset: {
    fr: 'Le morceau ne suit pas le précédent : l’en-tête Upload-Offset et « offset » disent d’où continuer.',
    en: 'The piece does not follow the one before: the header Upload-Offset and “offset” say where to go on.',
  },
  link_code_wrong: {
    fr: 'Le code vous est dit au téléphone par l’équipe qui suit la personne. Appelez-la si vous ne l’avez pas.',
    en: 'The team that follows the person tells you the code by telephone. Call them if you do not have it.',
  },
  link_ended: {
    fr: 'Le lien a servi, a été retiré, ou la demande a été adressée ailleurs. Appelez l’antenne qui vous l’a envoyé.',
    en: 'The link was used or withdrawn, or the request went to somebody else. Call the office that sent it.',
  },
  too_large: {
    fr: '« max_bytes » dit la taille permise. Un document s’envoie en morceaux ; une longue liste, en plusieurs demandes.',
    en: '“max_bytes” says how large it may be. A document is sent in pieces; a long list, in several requests.',
  },
  media_type: {
    fr: 'L’en-tête Content-Type manque, n’est pas accepté ici, ou le contenu n’est pas ce qu’il annonce ; « accepts » dit ce qui l’est.',
    en: 'The header Content-Type is missing or not accepted here, or the content is not what it says; “accepts” says what is.',
  },
  answers_invalid: {
    fr: '« errors » dit tout ce qui est à corriger, d’une fois, et « because » quelle réponse ou quelle règle le demande. Ce qui a été saisi est gardé en brouillon ; renvoyez avec une nouvelle clé.',
    en: '“errors” says everything that is to be corrected, at once, and “because” which answer or rule asks for it. What was typed is kept as a draft; send again with a new key.',
  },
  happened_unbelievable: {
    fr: 'Cela ne peut pas s’être passé alors : « at_least » et « at_most » disent entre quand et quand.',
    en: 'It cannot have happened then: “at_least” and “at_most” say between when and when.',
  },
  key_reused: {
    fr: 'La même clé a déjà porté un autre contenu : rien n’est fait de celui-ci. Une nouvelle demande veut une nouvelle clé.',
    en: 'The same key came with other content before: nothing was done with this one. A new request needs a new key.',
  },
  too_many: {
    fr: 'Attendez le temps que dit Retry-After. La limite vaut pour chaque connexion, jamais pour un bureau entier.',
    en: 'Wait as long as Retry-After says. The limit is for each sign-in, never for a whole office.',
  },
  unknown: {
    fr: 'Renvoyez une fois la même demande avec la même clé. Si cela se répète, signalez « request » à votre administrateur.',
    en: 'Send the same request once more with the same key. If it happens again, report “request” to your administrator.',
  },
  not_accepted_in_time: {
    fr: 'Rien n’est perdu et rien ne sera fait deux fois : renvoyez la même demande avec la même clé.',
    en: 'Nothing is lost and nothing is done twice: send the same request with the same key.',
  },
  case_erased: {
    fr: 'Les données de cette personne ont été détruites et ne reviendront pas. Si elle revient, ouvrez un nouveau dossier.',
    en: 'The data of this person were destroyed and will not come back. If they return, open a new case.',
  },
  record_stopped: {
    fr: 'Ce dossier attend son administrateur, qui en est averti. Renvoyez plus tard la même demande avec la même clé.',
    en: 'This case waits for its administrator, who is told of it. Send the same request with the same key later.',
  },
  engine_away: {
    fr: 'On peut lire, mais rien enregistrer pour le moment. Renvoyez la même demande avec la même clé.',
    en: 'Reading works, but nothing can be recorded at present. Send the same request with the same key.',
  },
  starting: {
    fr: 'Le service vient de démarrer, ou sa base ne répond pas encore. Attendez, puis renvoyez la même demande avec la même clé.',
    en: 'The service has just started, or its database does not answer yet. Wait, then send the same request with the same key.',
  },
}
