import type { FieldError } from '../refusals.ts'
import type { CivilDate } from '../time.ts'
import { fullDateText, fullInstantText } from './dates.ts'
import { type Language, oneOf } from './language.ts'

type Sentence = (label: string, error: FieldError) => string

const FRENCH: Record<FieldError['code'], Sentence> = {
  required: (label) => `Indiquez « ${label} ».`,
  not_asked: (label) => `« ${label} » n'est pas demandé ici : retirez cette réponse.`,
  unknown_field: (label, error) => `« ${label} » n'est pas un champ de ce formulaire.${nearest(error, 'fr')}`,
  wrong_type: (label, error) => `« ${label} » n'a pas la forme attendue.${expected(error, 'fr')}`,
  not_an_option: (label, error) => `« ${label} » : ce n'est pas un choix possible.${choices(error, 'fr')}`,
  unknown_place: (label, error) => `« ${label} » : ce lieu n'est pas connu.${nearest(error, 'fr')}`,
  too_long: (label, { most }) => `« ${label} » est trop long : ${most} caractères au plus.`,
  too_small: (label, { least }) => `« ${label} » : au moins ${figure(least, 'fr')}.`,
  too_large: (label, { most }) => `« ${label} » : au plus ${figure(most, 'fr')}.`,
  over_budget: (label, { most }) => `« ${label} » dépasse le budget : il reste ${figure(most, 'fr')} F CFA.`,
  too_few: (label, { least }) => `« ${label} » : donnez-en au moins ${figure(least, 'fr')}.`,
  too_many: (label, { most }) => `« ${label} » : donnez-en au plus ${figure(most, 'fr')}.`,
  not_a_date: (label) => `« ${label} » n'est pas une date. Écrivez par exemple 2026-11-23, 2026-11 ou 2026.`,
  lies_ahead: (label, { latest }) => `« ${label} » ne peut pas être après aujourd’hui, le ${day(latest, 'fr')}.`,
  lies_behind: (label, { earliest }) =>
    `« ${label} » est déjà passé : donnez le ${day(earliest, 'fr')} ou un jour plus tard.`,
  evidence_missing: (label) => `Joignez « ${label} », ou dites où le papier est gardé.`,
  unknown_evidence: (label) => `« ${label} » n'est pas une pièce demandée à cette étape.`,
  unknown_outcome: (label, error) => `« ${label} » : ce résultat n'existe pas à cette étape.${choices(error, 'fr')}`,
  not_offered: (label) => `« ${label} » : ce résultat ne se choisit pas à la main.`,
  happened_unbelievable: (_label, error) => `Cette date n'est pas vraisemblable.${bounds(error, 'fr')}`,
  duplicate_key: (label) => `« ${label} » : deux lignes portent la même clé.`,
  absent_not_allowed: (label) =>
    `« ${label} » est nécessaire pour continuer : « refusé » ou « inconnu » n'est pas possible ici.`,
  agreement_ended: (label) =>
    `« ${label} » : la convention avec cet organisme n'est plus en cours. Choisissez-en un autre ; si le choix est déjà fait, un superviseur peut le rouvrir.`,
  away: (label, { until }) =>
    `« ${label} » : cette personne est absente${lastDay(until, 'fr')}. Nommez quelqu'un d'autre.`,
  role_not_held: (label, error) => `« ${label} » : cette personne ne tient pas ce rôle ici. ${roomIn(error, 'fr')}`,
  over_caseload: (label, error) =>
    `« ${label} » : cette personne suit déjà ${error.most} dossiers, le plus qu'il faut. ${roomIn(error, 'fr')} Au-delà : changer de gestionnaire (change_case_manager) avec over_limit et un motif.`,
  unknown_case: (label) => `« ${label} » : aucun dossier à vous ne porte ce numéro. Vérifiez les chiffres.`,
  miscopied: (label) => `« ${label} » : ce numéro est mal recopié, ses chiffres ne vont pas ensemble.`,
  same_case: (label) => `« ${label} » : c'est ce dossier même. Indiquez l'autre.`,
  younger_case: (label) =>
    `« ${label} » : ce dossier est plus récent que celui-ci. Le plus ancien garde son numéro : faites la démarche dans l'autre.`,
  merged_case: (label, { expected: into = [] }) =>
    `« ${label} » : ce dossier a lui-même été rattaché à un autre. Indiquez ${into.join(', ')}.`,
  not_fictitious: (label, { expected: like = [] }) =>
    `« ${label} » : on s'exerce ici, et seuls des numéros fictifs sont acceptés, écrits ainsi (x : un chiffre au choix) : ${like.join(', ')}.`,
}

const ENGLISH: Record<FieldError['code'], Sentence> = {
  required: (label) => `Give “${label}”.`,
  not_asked: (label) => `“${label}” is not asked here: take this answer out.`,
  unknown_field: (label, error) => `“${label}” is not a field of this form.${nearest(error, 'en')}`,
  wrong_type: (label, error) => `“${label}” does not have the expected shape.${expected(error, 'en')}`,
  not_an_option: (label, error) => `“${label}”: this is not one of the choices.${choices(error, 'en')}`,
  unknown_place: (label, error) => `“${label}”: this place is not known.${nearest(error, 'en')}`,
  too_long: (label, { most }) => `“${label}” is too long: ${most} characters at most.`,
  too_small: (label, { least }) => `“${label}”: at least ${figure(least, 'en')}.`,
  too_large: (label, { most }) => `“${label}”: at most ${figure(most, 'en')}.`,
  over_budget: (label, { most }) => `“${label}” is over the budget: ${figure(most, 'en')} XOF are left.`,
  too_few: (label, { least }) => `“${label}”: give at least ${figure(least, 'en')}.`,
  too_many: (label, { most }) => `“${label}”: give at most ${figure(most, 'en')}.`,
  not_a_date: (label) => `“${label}” is not a date. Write for example 2026-11-23, 2026-11 or 2026.`,
  lies_ahead: (label, { latest }) => `“${label}” cannot be after today, ${day(latest, 'en')}.`,
  lies_behind: (label, { earliest }) => `“${label}” has passed: give ${day(earliest, 'en')} or a later day.`,
  evidence_missing: (label) => `Attach “${label}”, or say where the paper is kept.`,
  unknown_evidence: (label) => `“${label}” is not a document asked for at this step.`,
  unknown_outcome: (label, error) => `“${label}”: this step has no such outcome.${choices(error, 'en')}`,
  not_offered: (label) => `“${label}”: this outcome is not chosen by hand.`,
  happened_unbelievable: (_label, error) => `This date is not believable.${bounds(error, 'en')}`,
  duplicate_key: (label) => `“${label}”: two rows have the same key.`,
  absent_not_allowed: (label) => `“${label}” is needed to go on: “refused” or “unknown” is not possible here.`,
  agreement_ended: (label) =>
    `“${label}”: the agreement with this organisation is over. Choose another one; if the choice was made, a supervisor can re-open it.`,
  away: (label, { until }) => `“${label}”: this person is away${lastDay(until, 'en')}. Name somebody else.`,
  role_not_held: (label, error) => `“${label}”: this person does not hold this role here. ${roomIn(error, 'en')}`,
  over_caseload: (label, error) =>
    `“${label}”: this person already follows ${error.most} cases, the most there should be. ${roomIn(error, 'en')} To go beyond: change the case manager (change_case_manager) with over_limit and a reason.`,
  unknown_case: (label) => `“${label}”: no case of yours has this number. Check the figures.`,
  miscopied: (label) => `“${label}”: this number was miscopied, its digits do not go together.`,
  same_case: (label) => `“${label}”: this is the case itself. Give the other one.`,
  younger_case: (label) =>
    `“${label}”: that case is younger than this one. The oldest keeps its number: do this in the other one.`,
  merged_case: (label, { expected: into = [] }) =>
    `“${label}”: that case was itself merged into another one. Give ${into.join(', ')}.`,
  not_fictitious: (label, { expected: like = [] }) =>
    `“${label}”: this is for training, and only fictitious numbers are taken, written like this (x: any figure): ${like.join(', ')}.`,
}

function lastDay(until: FieldError['until'], language: Language): string {
  if (until === undefined) return ''
  return `${language === 'fr' ? ' jusqu’au ' : ' until '}${day(until, language)}`
}

/** With its year: what is refused may lie in another one. */
const day = (date: CivilDate | undefined, language: Language): string =>
  date === undefined ? '' : fullDateText(date, language)

function roomIn({ room = [] }: FieldError, language: Language): string {
  if (room.length === 0) {
    return language === 'fr' ? 'Personne n’a plus de place ici.' : 'Nobody here has room left.'
  }
  const people = room.map((one) => `${one.name} (${one.room})`).join(', ')
  return language === 'fr' ? `Ont encore de la place : ${people}.` : `These have room: ${people}.`
}

/** What to correct, naming the field and what it accepts: never the value that was sent. */
export function fieldErrorText(error: FieldError, language: Language, label: string): string {
  return (language === 'fr' ? FRENCH : ENGLISH)[error.code](label, error)
}

/** `1 500 000` in French, `1,500,000` in English; the workflow's sandbox has no locale data. */
function figure(value: number | undefined, language: Language): string {
  const [whole = '', part] = String(value).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, language === 'fr' ? '\u202f' : ',')
  return part === undefined ? grouped : `${grouped}${language === 'fr' ? ',' : '.'}${part}`
}

function nearest({ nearest: near }: FieldError, language: Language): string {
  if (near === undefined) return ''
  return language === 'fr' ? ` Voulez-vous dire « ${near} » ?` : ` Did you mean “${near}”?`
}

function expected({ expected: accepted = [] }: FieldError, language: Language): string {
  if (accepted.length === 0) return ''
  return language === 'fr' ? ` Attendu : ${oneOf(accepted, 'fr')}.` : ` Expected: ${oneOf(accepted, 'en')}.`
}

const choices = (error: FieldError, language: Language): string => nearest(error, language) + expected(error, language)

function bounds({ atLeast, atMost }: FieldError, language: Language): string {
  const from = atLeast === undefined ? null : fullInstantText(atLeast, language)
  const to = atMost === undefined ? null : fullInstantText(atMost, language)
  const [after, before] = language === 'fr' ? ['Au plus tôt', 'Au plus tard'] : ['At the earliest', 'At the latest']
  const colon = language === 'fr' ? ' :' : ':'
  return [from && ` ${after}${colon} ${from}.`, to && ` ${before}${colon} ${to}.`]
    .filter((part) => part !== null)
    .join('')
}
