import type { ItemId } from '../events.ts'
import type { Refusal, Who } from '../refusals.ts'
import { fullInstantText } from './dates.ts'
import type { Labels, RefusalText } from './labels.ts'
import { oneOf } from './language.ts'
import { pointsText } from './points.ts'
import { amountText, whoText } from './who.ts'

export function refusedInFrench(refusal: Refusal, labels: Labels): RefusalText {
  switch (refusal.code) {
    case 'role_required':
      return { title: "Ce n'est pas à vous de le faire", detail: whose(refusal.who, labels) }
    case 'place_required':
      return { title: "Ce dossier relève d'un autre lieu", detail: whose(refusal.who, labels) }
    case 'own_submission':
      return {
        title: 'Quatre yeux',
        detail: `Vous avez préparé ce qui est à décider : quelqu'un d'autre doit le faire. ${whose(refusal.who, labels)}`,
      }
    case 'second_person_required':
      return {
        title: 'Une seconde signature est nécessaire',
        detail: `La même personne ne peut pas proposer et confirmer. ${whose(refusal.who, labels)}`,
      }
    case 'not_found':
      return { title: 'Introuvable', detail: 'Rien ne correspond à cette adresse. Vérifiez le numéro, puis réessayez.' }
    case 'already_running':
      return {
        title: 'Déjà en cours dans ce dossier',
        detail: 'Cette procédure y est ouverte : terminez-la ou levez-la avant de la commencer de nouveau.',
      }
    case 'step_not_open':
      return {
        title: "Cette étape n'est pas ouverte",
        detail:
          refusal.opens === null
            ? `« ${labels.step(refusal.item)} » attend une autre étape, ou n'est pas nécessaire dans ce dossier.`
            : `« ${labels.step(refusal.item)} » s'ouvrira le ${fullInstantText(refusal.opens, 'fr')}.`,
      }
    case 'step_ended': {
      const outcome = labels.outcome(refusal.item, refusal.outcome)
      const when = fullInstantText(refusal.at, 'fr')
      return {
        title: 'Cette étape est déjà terminée',
        detail:
          refusal.by === null
            ? `Elle s'est terminée le ${when} : ${outcome}.`
            : `${endedBy(labels.user(refusal.by))} le ${when} : ${outcome}.`,
      }
    }
    case 'step_reopened':
      return {
        title: 'Cette étape a été rouverte entre-temps',
        detail: `« ${labels.step(refusal.now)} » est à refaire : ouvrez-la de nouveau pour voir ce qui est demandé.`,
      }
    case 'changed_since_seen':
      return {
        title: 'Le contenu a changé depuis votre lecture',
        detail: 'Relisez ce qui a changé, puis envoyez de nouveau.',
      }
    case 'gate_closed':
      return {
        title: 'Une condition manque encore',
        detail: refusal.gates.map((gate) => missing(gate, labels)).join(' '),
      }
    case 'on_hold':
      return {
        title: 'En attente',
        detail: `Cette étape est en pause, en attente d'une vérification${lifting(refusal.by, labels)}.${ask(whoText(refusal.who, 'fr', labels))}`,
      }
    case 'case_closed':
      return {
        title: 'Ce dossier est clos',
        detail:
          refusal.until === undefined
            ? "Plus rien ne peut y être changé, sauf s'il est rouvert."
            : `Il pouvait être rouvert jusqu'au ${fullInstantText(refusal.until, 'fr')}. Ouvrez un nouveau dossier, qui peut citer celui-ci.`,
      }
    case 'limit_reached':
      return {
        title: 'La limite est atteinte',
        detail:
          refusal.most === 0
            ? "Rien n'est prévu au-delà de ce délai."
            : `Déjà utilisé : ${amountText(refusal.used, refusal.unit, 'fr')} sur ${refusal.most}.`,
      }
    case 'no_consent':
      return {
        title: "L'accord de la personne manque",
        detail: `Aucun consentement en cours ne permet ceci : ${labels.purpose(refusal.purpose)}. Recueillez d'abord l'accord de la personne.`,
      }
    case 'answers_invalid':
      return { title: 'Le formulaire est à corriger', detail: pointsText(refusal.errors.length, 'fr') }
    case 'key_reused':
      return {
        title: 'Cet envoi a déjà servi à autre chose',
        detail: 'La même clé accompagnait un autre contenu. Envoyez de nouveau avec une nouvelle clé.',
      }
  }
}

const endedBy = (who: string): string => (who === 'Vous' ? "Vous l'avez terminée" : `${who} l'a terminée`)

const whose = (who: Who[], labels: Labels): string =>
  who.length > 0
    ? `Cela revient à : ${whoText(who, 'fr', labels)}.`
    : "Personne ne peut le faire pour l'instant : adressez-vous à la coordination nationale."

const lifting = (by: ItemId[] = [], labels: Labels): string =>
  by.length > 0
    ? ` : ${by.map((item) => `« ${labels.step(item)} »`).join(', ')}`
    : " ; elle reprend d'elle-même quand celle-ci est faite"

const ask = (who: string): string => (who === '' ? '' : ` À demander à : ${who}.`)

function missing({ gate, openedBy }: { gate: string; openedBy: string[] }, labels: Labels): string {
  const roles = oneOf(
    openedBy.map((role) => labels.role(role)),
    'fr',
  )
  return roles === '' ? `Il manque : ${labels.gate(gate)}.` : `Il manque : ${labels.gate(gate)} (revient à : ${roles}).`
}
