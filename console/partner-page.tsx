/** What a partner sees behind a link: one question, its deadline, a small form, and a telephone number. */

import { Page } from './page.tsx'
import { type AskedField, Field } from './partner-field.tsx'

/** The telephone of those who ask, and their place. */
export interface Line {
  telephone: string
  place: string
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
  call: Line | null
  errors: string[]
}

const WORDS = {
  fr: {
    send: 'Envoyer la réponse',
    kept: 'Où le papier est gardé',
    code: 'Code, dit au téléphone par l’équipe',
    for: 'Pour',
    reference: 'Référence',
    next: 'La suite :',
    question: 'Une question ? Appelez',
    team: 'l’équipe qui vous a écrit.',
  },
  en: {
    send: 'Send the answer',
    kept: 'Where the paper is kept',
    code: 'Code, told by the team on the telephone',
    for: 'For',
    reference: 'Reference',
    next: 'Next:',
    question: 'A question? Call',
    team: 'the team that wrote to you.',
  },
} as const

const Call = ({ line, language }: { line: Line | null; language: 'fr' | 'en' }) => (
  <p class="call">
    {WORDS[language].question}{' '}
    {line === null ? (
      WORDS[language].team
    ) : (
      <>
        <a class="whole" href={`tel:${line.telephone.replaceAll(' ', '')}`}>
          {line.telephone}
        </a>{' '}
        ({line.place}).
      </>
    )}
  </p>
)

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
        {words.for} {asked.partner} — {words.reference} <span class="whole">{asked.reference}</span>
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
          <Field field={field} outcomes={asked.outcomes} language={asked.language} />
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
      <Call line={asked.call} language={asked.language} />
    </Page>
  )
}

export interface Message {
  language: 'fr' | 'en'
  title: string
  text: string
  next?: { title: string; href: string } | null
  call: Line | null
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
    <Call line={call} language={language} />
  </Page>
)
