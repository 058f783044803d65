/** An answer as people read it. */

import { dateText } from '../../cases/words/dates.ts'
import type { Field } from '../../procedures/language/compiled.ts'
import type { Country } from '../../procedures/language/country.ts'
import type { FieldText } from '../../procedures/language/shapes/field.ts'
import type { CaseLabels } from '../case/labels.ts'
import type { Language } from '../context/deps.ts'

export interface Reading {
  country: Country
  labels: CaseLabels
  language: Language
  /** Civil date: years are left out of dates near it. */
  today: string
}

const YES_NO = { fr: { true: 'Oui', false: 'Non' }, en: { true: 'Yes', false: 'No' } } as const

export function valueText(field: Field, text: FieldText | undefined, value: unknown, reading: Reading): string {
  const { country, labels, language, today } = reading
  const option = (id: unknown): string =>
    (text?.options ?? country.lists[text?.list ?? ''] ?? {})[String(id)]?.[language] ?? String(id)
  if (value === null || value === undefined) return ''
  switch (field.type) {
    case 'yes_no':
      return YES_NO[language][value === true ? 'true' : 'false']
    case 'choice':
    case 'code':
      return option(value)
    case 'codes':
      return Array.isArray(value) ? value.map(option).join(', ') : option(value)
    case 'money':
      return `${Number(value).toLocaleString(language)} ${language === 'fr' ? 'F CFA' : 'XOF'}`
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? dateText(String(value), language, today) : String(value)
    case 'place':
      return labels.place(String(value))
    case 'user':
      return labels.user(String(value))
    case 'list':
      return Array.isArray(value) ? value.map((row: unknown) => rowText(field, text, row, reading)).join(' ; ') : ''
    case 'consent':
      return typeof value === 'object' && 'state' in value ? String(value.state ?? '') : ''
    case 'text':
    case 'number':
    case 'score':
    case 'partner':
    case 'case':
      return String(value)
  }
}

function rowText(field: Field, text: FieldText | undefined, row: unknown, reading: Reading): string {
  const given = new Map(typeof row === 'object' && row !== null ? Object.entries(row) : [])
  const members = (field.of ?? []).flatMap((member) => {
    const value: unknown = given.get(member.id)
    return value === undefined || value === null ? [] : [valueText(member, text?.of?.[member.id], value, reading)]
  })
  return members.join(', ')
}
