import { Page } from './page.tsx'

type Language = 'fr' | 'en'
export interface ExplainedProblem {
  code: string
  status: number
  title: Record<Language, string>
  advice: Record<Language, string>
  sameKey: boolean
  /** Seconds. */
  after: number | null
}

const WORDS = {
  fr: {
    list: 'Refus',
    all: 'Tous les refus',
    code: 'Code',
    means: 'Ce que cela veut dire',
    same: 'La même demande peut être renvoyée avec la même clé',
    after: 'secondes après',
    fresh: 'Une demande corrigée se renvoie avec une nouvelle clé.',
  },
  en: {
    list: 'Refusals',
    all: 'All refusals',
    code: 'Code',
    means: 'What it means',
    same: 'The same request may be sent again with the same key',
    after: 'seconds later',
    fresh: 'A corrected request is sent with a new key.',
  },
} as const
const both = (first: Language): Language[] => (first === 'fr' ? ['fr', 'en'] : ['en', 'fr'])

const Retry = ({ problem, language }: { problem: ExplainedProblem; language: Language }) => {
  const words = WORDS[language]
  if (!problem.sameKey) return <p>{words.fresh}</p>
  return (
    <p>
      {words.same}
      {problem.after === null ? '.' : `, ${problem.after} ${words.after}.`}
    </p>
  )
}

/** One page per code, in both languages, its reader's first: `type` of every problem leads here. */
export const ProblemPage = ({ problem, language }: { problem: ExplainedProblem; language: Language }) => (
  <Page title={problem.code} language={language}>
    {both(language).map((one) => (
      <section lang={one}>
        <h1>{problem.title[one]}</h1>
        <p>{problem.advice[one]}</p>
        <Retry problem={problem} language={one} />
      </section>
    ))}
    <p>
      <code>{problem.code}</code> — HTTP {problem.status}
    </p>
    <p>
      <a href="/problems">{WORDS[language].all}</a>
    </p>
  </Page>
)

export const ProblemList = ({ problems, language }: { problems: ExplainedProblem[]; language: Language }) => (
  <Page title="Segin" language={language}>
    <h1>
      {both(language)
        .map((one) => WORDS[one].list)
        .join(' / ')}
    </h1>
    <table>
      <tr>
        <th>HTTP</th>
        <th>{WORDS[language].code}</th>
        <th>{WORDS[language].means}</th>
      </tr>
      {problems.map((one) => (
        <tr>
          <td>{one.status}</td>
          <td>
            <a href={`/problems/${one.code}`}>{one.code}</a>
          </td>
          <td>
            {both(language).map((each) => (
              <div lang={each}>{one.title[each]}</div>
            ))}
          </td>
        </tr>
      ))}
    </table>
  </Page>
)
