/** Forms, filled as people might: what is required, and what the assumptions name. */

import { holds, type NamesLater } from '../cases/conditions.ts'
import type { Answers, AnswerValue, FactValue } from '../cases/events.ts'
import type { Instant } from '../cases/time.ts'
import type { Field } from '../procedures/language/compiled.ts'
import type { Assumptions } from './assumptions.ts'
import type { Dice } from './dice.ts'
import { weighed } from './weighed.ts'

/** Nobody seals anything here: a personal answer is only a digest. */
const DIGEST = 'simulated'
const DAY = 86_400_000
const USUAL_YES = 0.3

export interface Form {
  fields: Field[]
  /** `procedure.step`, or `input`. */
  of: string
  outcome: string
  /** What conditions of the fields read besides the form itself. */
  names: NamesLater
}
export interface Hand {
  dice: Dice
  assumed: Assumptions
  now: Instant
  /** Where the person goes home to. */
  home: string
  partners: string[]
}

export function filled(hand: Hand, { fields, of, outcome, names }: Form) {
  const answers: Answers = {}
  const personal: Record<string, string> = {}
  for (const field of fields) {
    const path = `${of}.${field.id}`
    if (!field.required && hand.assumed.yes[path] === undefined) continue
    if (!holds(field.when, () => ({ ...names(), outcome, form: answers }))) continue
    if (field.personal) personal[field.id] = DIGEST
    else answers[field.id] = answered(hand, field, path, outcome)
  }
  return { answers, personal, absent: {} }
}

function answered(hand: Hand, field: Field, path: string, outcome: string): AnswerValue {
  const { dice, assumed } = hand
  switch (field.type) {
    case 'yes_no':
      return dice.happens(assumed.yes[path] ?? USUAL_YES)
    case 'number':
    case 'score':
    case 'money':
      return amount(hand, field, path)
    case 'date': {
      const [least, most] = assumed.days[path] ?? [1, 10]
      return new Date(hand.now + dice.between(least, most) * DAY).toISOString().slice(0, 10)
    }
    case 'place':
      return hand.home
    case 'user':
      return `${hand.home}-${dice.between(1, assumed.managers_a_region)}`
    case 'partner':
      return hand.partners.length > 0 ? dice.pick(hand.partners) : 'partner'
    case 'consent':
      return { state: consentState(field, outcome), form: 'written', language: 'fr', until: null }
    case 'codes':
      return (field.options ?? []).filter((_, index) => index < 2)
    case 'list':
      return rows(hand, field, path)
    case 'code':
    case 'choice': {
      const said = assumed.choices[path]
      if (said) return weighed(dice, said)
      return field.options && field.options.length > 0 ? dice.pick(field.options) : 'other'
    }
    case 'text':
    case 'case':
      return 'n1'
  }
}

/** Consent is told by the answer and by the outcome alike. */
function consentState(field: Field, outcome: string): string {
  if (field.override !== undefined && field.override === outcome) return 'override'
  return /refus|declin/.test(outcome) ? 'refused' : 'given'
}

function amount({ dice, assumed }: Hand, field: Field, path: string): number {
  const known = assumed.amounts[path]
  const least = known?.[0] ?? field.min ?? (field.type === 'money' ? 10_000 : 0)
  const most = known?.[1] ?? field.max ?? least + (field.type === 'money' ? 20_000 : 4)
  if (field.type === 'money' || known) return Math.round(least + dice.next() * (most - least))
  return most - least <= 1 ? Math.round((least + dice.next() * (most - least)) * 100) / 100 : dice.between(least, most)
}

function rows(hand: Hand, field: Field, path: string): Record<string, FactValue>[] {
  const [least, most] = hand.assumed.rows[path] ?? [field.min ?? 1, field.min ?? 1]
  return Array.from({ length: hand.dice.between(least, most) }, (_, row) =>
    Object.fromEntries(
      (field.of ?? []).map((one) => [
        one.id,
        one.id === 'key' ? `n${row + 1}` : (answered(hand, one, `${path}.${one.id}`, '') as FactValue),
      ]),
    ),
  )
}

/** The ordinary outcome is the one that the procedure names first, unless the assumptions say more. */
export function outcomeOf(hand: Hand, of: string, byHand: string[]): string {
  const [first = '', ...others] = byHand
  const said = hand.assumed.outcomes[of]
  const { ordinary } = hand.assumed
  if (said) {
    const offered = Object.fromEntries(byHand.map((id) => [id, said[id] ?? 0]))
    if (Object.values(offered).some((weight) => weight > 0)) return weighed(hand.dice, offered)
  }
  if (others.length === 0) return first
  return hand.dice.happens(ordinary) ? first : hand.dice.pick(others)
}
