/** What a partner sees behind a link: one question, its deadline, a small form, and a telephone number. */

import { Page } from './page.tsx'

export interface AskedField {
  id: string
  label: string
  type: string
  required: boolean
  options?: { id: string; label: string }[]
}
export interface PartnerQuestion {
  language: 'fr' | 'en'
  title: string
  from: string
  partner: string
  reference: string
  by: string | null
  help: string | null
  summary: { label: string; value: string }[]
  outcomes: { id: string; label: string }[]
  fields: AskedField[]
  evidence: { id: string; label: string }[]
  action: string
  key: string
  basis: string
  /** Number and place; null when no telephone of theirs is known. */
  call: string | null
  errors: string[]
}

const WORDS = {
  fr: {
    send: 'Envoyer la réponse',
    kept: 'Où le papier est gardé',
    code: 'Code, dit au téléphone par l’équipe',
    for: 'Pour',
    reference: 'Référence',
    yes: 'Oui',
    no: 'Non',
    next: 'La suite :',
    call: (line: string | null) =>
      `Une question ? Appelez ${line === null ? 'l’équipe qui vous a écrit' : `le ${line}`}.`,
  },
  en: {
    send: 'Send the answer',
    kept: 'Where the paper is kept',
    code: 'Code, told by the team on the telephone',
    for: 'For',
    reference: 'Reference',
    yes: 'Yes',
    no: 'No',
    next: 'Next:',
    call: (line: string | null) => `A question? Call ${line ?? 'the team that wrote to you'}.`,
  },
} as const

const Field = ({ field, language }: { field: AskedField; language: 'fr' | 'en' }) => {
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
      <label for={name}>{field.label}</label>
      {options ? (
        <select name={name} id={name}>
          <option value=""></option>
          {options.map((one) => (
            <option value={one.id}>{one.label}</option>
          ))}
        </select>
      ) : (
        <input name={name} id={name} type={field.type === 'date' ? 'date' : 'text'} maxlength={500} />
      )}
    </>
  )
}

export const PartnerPage = (asked: PartnerQuestion) => {
  const words = WORDS[asked.language]
  return (
    <Page title={asked.title} language={asked.language}>
      <p>{asked.from}</p>
      <h1>{asked.title}</h1>
      {asked.errors.length > 0 ? (
        <ul role="alert">
          {asked.errors.map((one) => (
            <li>{one}</li>
          ))}
        </ul>
      ) : null}
      <p>
        {words.for} {asked.partner} — {words.reference} {asked.reference}
      </p>
      {asked.by ? <p>{asked.by}</p> : null}
      {asked.help ? <p>{asked.help}</p> : null}
      <dl>
        {asked.summary.map((one) => (
          <>
            <dt>{one.label}</dt>
            <dd>{one.value}</dd>
          </>
        ))}
      </dl>
      <form method="post" action={asked.action}>
        <input type="hidden" name="key" value={asked.key} />
        <input type="hidden" name="basis" value={asked.basis} />
        <fieldset>
          {asked.outcomes.map((one) => (
            <label>
              <input type="radio" name="outcome" value={one.id} required /> {one.label}
            </label>
          ))}
        </fieldset>
        {asked.fields.map((field) => (
          <Field field={field} language={asked.language} />
        ))}
        {asked.evidence.map((one) => (
          <>
            <label for={`evidence.${one.id}`}>
              {one.label} — {words.kept}
            </label>
            <input name={`evidence.${one.id}`} id={`evidence.${one.id}`} maxlength={200} />
          </>
        ))}
        <label for="code">{words.code}</label>
        <input name="code" id="code" inputmode="numeric" autocomplete="off" maxlength={20} required />
        <button type="submit">{words.send}</button>
      </form>
      <p class="call">{words.call(asked.call)}</p>
    </Page>
  )
}

export interface Message {
  language: 'fr' | 'en'
  title: string
  text: string
  next?: { title: string; href: string } | null
  call: string | null
}
export const PartnerMessage = ({ language, title, text, next, call }: Message) => (
  <Page title={title} language={language}>
    <h1>{title}</h1>
    {text === '' ? null : <p>{text}</p>}
    {next ? (
      <p>
        {WORDS[language].next} <a href={next.href}>{next.title}</a>
      </p>
    ) : null}
    <p class="call">{WORDS[language].call(call)}</p>
  </Page>
)
