import { Page } from './page.tsx'

export interface ExplainedProblem {
  code: string
  status: number
  title: { fr: string; en: string }
  sameKey: boolean
  after: number | null
}

const Next = ({ problem }: { problem: ExplainedProblem }) => (
  <>
    <p lang="fr">
      {problem.sameKey
        ? `Renvoyez la même demande avec la même clé${problem.after ? `, après ${problem.after} secondes` : ''}.`
        : 'Corrigez la demande, puis envoyez-la avec une nouvelle clé.'}
    </p>
    <p lang="en">
      {problem.sameKey
        ? `Send the same request again with the same key${problem.after ? `, after ${problem.after} seconds` : ''}.`
        : 'Correct the request, then send it with a new key.'}
    </p>
  </>
)

/** One page per code, in both languages: `type` of every problem leads here. */
export const ProblemPage = ({ problem }: { problem: ExplainedProblem }) => (
  <Page title={problem.code} language="fr">
    <h1>{problem.title.fr}</h1>
    <p lang="en">{problem.title.en}</p>
    <p>
      <code>{problem.code}</code> — HTTP {problem.status}
    </p>
    <Next problem={problem} />
    <p>
      <a href="/problems">…</a>
    </p>
  </Page>
)

export const ProblemList = ({ problems }: { problems: ExplainedProblem[] }) => (
  <Page title="Segin" language="fr">
    <h1>Refus / Refusals</h1>
    <table>
      {problems.map((one) => (
        <tr>
          <td>{one.status}</td>
          <td>
            <a href={`/problems/${one.code}`}>{one.code}</a>
          </td>
          <td>{one.title.fr}</td>
        </tr>
      ))}
    </table>
  </Page>
)
