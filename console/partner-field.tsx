/** A field of a partner's form, as one control that needs no script. */

import type { AskWhen } from '../cases/ask-when.ts'

export interface AskedField {
  id: string
  label: string
  type: string
  required: boolean
  options?: { id: string; label: string }[]
  ask_when?: AskWhen
  at_least?: string
  at_most?: string
}

const WORDS = {
  fr: { yes: 'Oui', no: 'Non', only: (outcomes: string) => ` (si : ${outcomes})` },
  en: { yes: 'Yes', no: 'No', only: (outcomes: string) => ` (if: ${outcomes})` },
} as const

interface Asked {
  field: AskedField
  /** What the form may end with. */
  outcomes: { id: string; label: string }[]
  language: 'fr' | 'en'
}
export const Field = ({ field, outcomes, language }: Asked) => {
  const name = `answers.${field.id}`
  const words = WORDS[language]
  const options =
    field.type === 'yes_no'
      ? [
          { id: 'true', label: words.yes },
          { id: 'false', label: words.no },
        ]
      : field.options
  return (
    <>
      <label for={name}>{field.label + onlyIf({ field, outcomes, language })}</label>
      {options ? (
        <select name={name} id={name}>
          <option value=""></option>
          {options.map((one) => (
            <option value={one.id}>{one.label}</option>
          ))}
        </select>
      ) : (
        <input
          name={name}
          id={name}
          maxlength={500}
          {...(field.type === 'date' ? { type: 'date', min: field.at_least, max: field.at_most } : { type: 'text' })}
        />
      )}
    </>
  )
}

/** Nothing on the page hides by itself: a field that only some outcomes ask for says so. */
function onlyIf({ field: { ask_when: asked }, outcomes, language }: Asked): string {
  if (asked === undefined || !('field' in asked) || asked.field !== 'outcome') return ''
  const labels = outcomes.filter(({ id }) => asked.in.includes(id)).map(({ label }) => label.toLowerCase())
  return WORDS[language].only(labels.join(', '))
}
