import { describe, expect, it } from 'vitest'
import type { FieldError, Refusal, RefusalCode } from '../../../cases/refusals.ts'
import { fieldErrorText } from '../../../cases/words/field-errors.ts'
import type { Labels } from '../../../cases/words/labels.ts'
import { refusalText } from '../../../cases/words/refusals.ts'
import { at } from '../clocks/mali.ts'

const french: Labels = {
  role: (id) => (id === 'supervisor' ? 'Superviseur régional' : 'Protection de l’enfant'),
  place: () => 'Kayes',
  user: () => 'Oumar Keita',
  step: () => 'Prise de contact',
  outcome: () => 'personne jointe',
  gate: () => 'Tuteur désigné',
  purpose: () => 'partage avec un prestataire',
}
const item = 'assessment-p4d.first_contact.1'
const who = [{ role: 'supervisor', place: 'ml-kayes' }]
const refusals: Record<RefusalCode, Refusal> = {
  role_required: { code: 'role_required', who },
  place_required: { code: 'place_required', who },
  own_submission: { code: 'own_submission', who },
  second_person_required: { code: 'second_person_required', who },
  not_found: { code: 'not_found' },
  already_running: { code: 'already_running', run: 'freeze-k7m' },
  step_not_open: { code: 'step_not_open', item, opens: at('2026-11-30 00:00') },
  step_ended: { code: 'step_ended', item, outcome: 'reached', at: at('2026-11-23 10:09'), by: 'usr-8m3q' },
  step_reopened: { code: 'step_reopened', item, now: 'assessment-p4d.first_contact.2' },
  changed_since_seen: { code: 'changed_since_seen', basis: 'd41Vn' },
  gate_closed: { code: 'gate_closed', gates: [{ gate: 'guardian', openedBy: ['child_protection'] }] },
  on_hold: { code: 'on_hold', who },
  case_closed: { code: 'case_closed' },
  limit_reached: { code: 'limit_reached', used: 30, most: 30, unit: 'days' },
  no_consent: { code: 'no_consent', purpose: 'sharing' },
  answers_invalid: { code: 'answers_invalid', errors: [] },
  key_reused: { code: 'key_reused' },
}
const inFrench = (refusal: Refusal) => refusalText(refusal, 'fr', french)

describe('a refusal', () => {
  it.each(Object.entries(refusals))('%s has a title and a detail in both languages', (_code, refusal) => {
    for (const language of ['fr', 'en'] as const) {
      const { title, detail } = refusalText(refusal, language, french)
      expect(title).toMatch(/^[A-ZÀ-Ý].*[^.\s]$/)
      expect(detail).toMatch(/^\S.*\.$/)
      expect(`${title} ${detail}`).not.toMatch(/undefined| {2}|[a-z]+_[a-z]+|usr-|ml-/)
    }
    expect(refusalText(refusal, 'en', french).title).not.toBe(inFrench(refusal).title)
  })
  it('names who can do it instead', () => {
    expect(inFrench(refusals.role_required)).toEqual({
      title: "Ce n'est pas à vous de le faire",
      detail: 'Cela revient à : Superviseur régional (Kayes).',
    })
    const two = [...who, { role: 'assigned', place: null }]
    expect(inFrench({ code: 'role_required', who: two }).detail).toBe(
      'Cela revient à : Superviseur régional (Kayes) ou la personne désignée.',
    )
    expect(inFrench({ code: 'role_required', who: [] }).detail).toMatch(/coordination nationale/)
  })
  it('says who ended a step, or that it ended by itself', () => {
    expect(inFrench(refusals.step_ended).detail).toBe(
      "Oumar Keita l'a terminée le lundi 23 novembre 2026, 10 h 09 : personne jointe.",
    )
    expect(
      inFrench({ code: 'step_ended', item, outcome: 'reached', at: at('2026-11-23 10:09'), by: null }).detail,
    ).toBe("Elle s'est terminée le lundi 23 novembre 2026, 10 h 09 : personne jointe.")
  })
  it('says when a step will open, if that is known', () => {
    expect(inFrench(refusals.step_not_open).detail).toBe("« Prise de contact » s'ouvrira le lundi 30 novembre 2026.")
    expect(inFrench({ code: 'step_not_open', item, opens: null }).detail).toMatch(/attend une autre étape/)
  })
  it('tells of a hold who can be asked and what lifts it, as far as its reader may know', () => {
    expect(inFrench(refusals.on_hold).detail).toBe(
      "Cette étape est en pause, en attente d'une vérification ; elle reprend d'elle-même quand celle-ci est faite. À demander à : Superviseur régional (Kayes).",
    )
    expect(inFrench({ code: 'on_hold', who: [] }).detail).toBe(
      "Cette étape est en pause, en attente d'une vérification ; elle reprend d'elle-même quand celle-ci est faite.",
    )
    const known: Refusal = { code: 'on_hold', who: [], by: [item] }
    expect(inFrench(known).detail).toBe(
      "Cette étape est en pause, en attente d'une vérification : « Prise de contact ».",
    )
    expect(refusalText(known, 'en', french).detail).toBe(
      'This step is on hold until a check is done: “Prise de contact”.',
    )
  })
  it('names every missing gate with who opens it', () => {
    const gates = [
      { gate: 'guardian', openedBy: ['child_protection', 'supervisor'] },
      { gate: 'other', openedBy: [] },
    ]
    expect(inFrench({ code: 'gate_closed', gates }).detail).toBe(
      'Il manque : Tuteur désigné (revient à : Protection de l’enfant ou Superviseur régional). Il manque : Tuteur désigné.',
    )
  })
  it('tells a limit of time in its unit, and any other as a number', () => {
    expect(inFrench(refusals.limit_reached).detail).toBe('Déjà utilisé : 30 jours sur 30.')
    expect(inFrench({ code: 'limit_reached', used: 0, most: 0, unit: 'days' }).detail).toBe(
      "Rien n'est prévu au-delà de ce délai.",
    )
    expect(inFrench({ code: 'limit_reached', used: 3, most: 3, unit: 'times' }).detail).toBe('Déjà utilisé : 3 sur 3.')
  })
  it('counts the points to correct', () => {
    const errors: FieldError[] = [{ pointer: '/answers/means', code: 'required' }]
    expect(inFrench({ code: 'answers_invalid', errors }).detail).toBe('1 point à corriger.')
    expect(inFrench({ code: 'answers_invalid', errors: [...errors, ...errors] }).detail).toBe('2 points à corriger.')
  })
})

describe('a field error', () => {
  const codes: Record<FieldError['code'], true> = {
    required: true,
    not_asked: true,
    unknown_field: true,
    wrong_type: true,
    not_an_option: true,
    unknown_place: true,
    too_long: true,
    too_small: true,
    too_large: true,
    too_few: true,
    too_many: true,
    over_budget: true,
    not_a_date: true,
    lies_ahead: true,
    lies_behind: true,
    evidence_missing: true,
    unknown_evidence: true,
    unknown_outcome: true,
    not_offered: true,
    happened_unbelievable: true,
    duplicate_key: true,
    absent_not_allowed: true,
    agreement_ended: true,
    away: true,
    over_caseload: true,
    role_not_held: true,
    unknown_case: true,
    same_case: true,
    younger_case: true,
    merged_case: true,
    miscopied: true,
    not_fictitious: true,
  }
  const known = (code: string): code is FieldError['code'] => code in codes
  it.each(Object.keys(codes).filter(known))('%s is one clear sentence in both languages', (code) => {
    const error: FieldError = {
      pointer: '/answers/means',
      code,
      least: 1,
      most: 2000,
      earliest: '2026-11-23',
      latest: '2026-11-23',
    }
    const [fr, en] = [fieldErrorText(error, 'fr', 'Moyen'), fieldErrorText(error, 'en', 'Means')]
    expect(fr).toMatch(/^\S.*\.$/)
    expect(en).toMatch(/^\S.*\.$/)
    expect(fr).not.toBe(en)
    expect(fr + en).not.toMatch(/undefined| {2}|answers/)
  })
  it('writes the figures of its bounds as people read them', () => {
    const error: FieldError = { pointer: '/answers/sum', code: 'too_large', most: 1_968_000.5 }
    expect(fieldErrorText(error, 'fr', 'Montant')).toBe('« Montant » : au plus 1\u202f968\u202f000,5.')
    expect(fieldErrorText(error, 'en', 'Amount')).toBe('“Amount”: at most 1,968,000.5.')
  })
  it('says until when somebody is away, and who has room for one more case', () => {
    const pointer = '/to'
    const away: FieldError = { pointer, code: 'away', until: '2026-12-12' }
    expect(fieldErrorText(away, 'fr', 'À qui')).toBe(
      "« À qui » : cette personne est absente jusqu’au samedi 12 décembre 2026. Nommez quelqu'un d'autre.",
    )
    const full: FieldError = { pointer, code: 'over_caseload', most: 60 }
    const room = [{ user: 'usr-8m3q', name: 'Oumar Keita', room: 12 }]
    expect(fieldErrorText({ ...full, room }, 'en', 'To')).toMatch(
      /already follows 60 cases.*have room: Oumar Keita \(12\)\./,
    )
    expect(fieldErrorText({ ...full, room: [] }, 'en', 'To')).toMatch(/Nobody here has room left\./)
  })
  it('proposes what was probably meant and what is accepted', () => {
    const error: FieldError = {
      pointer: '/answers/means',
      code: 'not_an_option',
      expected: ['phone', 'visit', 'relative'],
      nearest: 'phone',
    }
    expect(fieldErrorText(error, 'fr', 'Moyen')).toBe(
      "« Moyen » : ce n'est pas un choix possible. Voulez-vous dire « phone » ? Attendu : phone, visit ou relative.",
    )
    expect(fieldErrorText(error, 'en', 'Means')).toBe(
      '“Means”: this is not one of the choices. Did you mean “phone”? Expected: phone, visit or relative.',
    )
  })
  it('gives the bounds of a date that cannot be believed', () => {
    const error: FieldError = {
      pointer: '/happened',
      code: 'happened_unbelievable',
      atLeast: at('2026-11-06 00:00'),
      atMost: at('2026-11-23 10:20'),
    }
    expect(fieldErrorText(error, 'fr', 'Date')).toBe(
      "Cette date n'est pas vraisemblable. Au plus tôt : vendredi 6 novembre 2026. Au plus tard : lundi 23 novembre 2026, 10 h 20.",
    )
  })
  it('asks for the paper, or for the place where it is kept', () => {
    const error: FieldError = { pointer: '/evidence/contact_log', code: 'evidence_missing' }
    expect(fieldErrorText(error, 'fr', 'Journal de contact')).toBe(
      'Joignez « Journal de contact », ou dites où le papier est gardé.',
    )
  })
})
