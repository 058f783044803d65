import type { Language, ListedOperation } from './api-page.tsx'
import { Page } from './page.tsx'

/** A body in one direction: its media types, none when there is no body, and the recorded example as JSON text. */
export interface ShownBody {
  types: string[]
  example: string | null
}
export interface ShownOperation extends ListedOperation {
  parameters: { name: string; where: string; required: boolean }[]
  sent: ShownBody
  /** Good answers by status. */
  answers: (ShownBody & { status: string })[]
  /** A recorded refusal: `code` has a page of its own. */
  refused: { status: number; code: string; example: string } | null
}

const WORDS = {
  fr: {
    all: 'Toute l’interface',
    parameters: 'Paramètres',
    required: 'obligatoire',
    sent: 'Ce qui est envoyé',
    answer: 'Réponse',
    refusal: 'Un refus',
    nothing: 'Sans contenu.',
    recorded:
      'Enregistré sur une installation de formation : personnes inventées ; de chaque liste, les deux premières lignes.',
    where: { path: 'adresse', query: 'après le ?', header: 'en-tête' } as Record<string, string>,
  },
  en: {
    all: 'The whole interface',
    parameters: 'Parameters',
    required: 'required',
    sent: 'What is sent',
    answer: 'Answer',
    refusal: 'A refusal',
    nothing: 'No content.',
    recorded: 'Recorded on a training installation: invented people; of each list, the first two rows.',
    where: { path: 'path', query: 'query', header: 'header' } as Record<string, string>,
  },
} as const

const BodyOf = ({ body: { types, example }, language }: { body: ShownBody; language: Language }) => {
  if (example !== null) return <pre lang="fr">{example}</pre>
  return <p>{types.length === 0 ? WORDS[language].nothing : <code>{types.join(', ')}</code>}</p>
}

/** One operation with what was really asked, answered and refused; plain text that wraps on a telephone. */
export const OperationPage = ({ operation, language }: { operation: ShownOperation; language: Language }) => {
  const words = WORDS[language]
  const { id, method, path, summary, parameters, sent, answers, refused } = operation
  return (
    <Page title={`${id} — Segin API`} language={language}>
      <h1>{summary[language]}</h1>
      <p>
        <code>
          {method} {path}
        </code>{' '}
        (<code>{id}</code>)
      </p>
      {parameters.length > 0 && <h2>{words.parameters}</h2>}
      <ul>
        {parameters.map(({ name, where, required }) => (
          <li>
            <code>{name}</code> ({words.where[where] ?? where}
            {required ? `, ${words.required}` : ''})
          </li>
        ))}
      </ul>
      {method !== 'GET' && <h2>{words.sent}</h2>}
      {method !== 'GET' && <BodyOf body={sent} language={language} />}
      {answers.map((answer) => (
        <section>
          <h2>
            {words.answer} {answer.status}
          </h2>
          <BodyOf body={answer} language={language} />
        </section>
      ))}
      {refused !== null && (
        <section>
          <h2>
            {words.refusal} — {refused.status} <a href={`/problems/${refused.code}`}>{refused.code}</a>
          </h2>
          <pre lang="fr">{refused.example}</pre>
        </section>
      )}
      <p>{words.recorded}</p>
      <p>
        <a href="/docs">{words.all}</a>
      </p>
    </Page>
  )
}
