import { Page } from './page.tsx'

export type Language = 'fr' | 'en'
export interface ListedOperation {
  method: string
  path: string
  id: string
  summary: Record<Language, string>
}
export interface OperationGroup {
  title: Record<Language, string>
  operations: ListedOperation[]
}

const WORDS = {
  fr: {
    title: 'L’interface pour les programmes',
    how: 'Chaque ligne mène à une page avec ce qui est envoyé, ce qui est répondu et un refus, tels qu’ils ont été enregistrés.',
    problems: 'les refus, et quoi faire',
  },
  en: {
    title: 'The interface for programs',
    how: 'Every line leads to a page with what is sent, what is answered and a refusal, as they were recorded.',
    problems: 'refusals, and what to do',
  },
} as const

/** The whole interface as a list: one line an operation, so that it comes quickly over a bad line. */
export const ApiPage = ({
  version,
  groups,
  language,
}: {
  version: string
  groups: OperationGroup[]
  language: Language
}) => (
  <Page title="Segin — API" language={language}>
    <h1>
      {WORDS[language].title} — Segin {version}
    </h1>
    <p>{WORDS[language].how}</p>
    <p>
      <a href="/api/v1/openapi.json">OpenAPI 3.1</a> · <a href="/api/v1/openapi-3.0.json">OpenAPI 3.0.3</a> ·{' '}
      <a href="/problems">{WORDS[language].problems}</a>
    </p>
    {groups.map(({ title, operations }) => (
      <section>
        <h2>{title[language]}</h2>
        {operations.map(({ id, method, path, summary }) => (
          <p>
            <a href={`/docs/${id}`}>{summary[language]}</a>
            <br />
            <code>
              {method} {path}
            </code>
          </p>
        ))}
      </section>
    ))}
  </Page>
)
