import postgres from 'postgres'

/** A query that does not name its row answers `object`, which has no members, where the library says `any`. */
interface Asking {
  <Rows extends readonly (object | undefined)[] = object[]>(
    template: TemplateStringsArray,
    ...parameters: readonly postgres.ParameterOrFragment<never>[]
  ): postgres.PendingQuery<Rows>
}
interface Beginning {
  begin<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  begin<T>(options: string, work: (tx: Transaction) => Promise<T>): Promise<T>
}
export type Sql = Asking & Beginning & postgres.Sql
export type Transaction = Asking & postgres.TransactionSql

export interface Connecting {
  max?: number
  /** Seen in the server's list of connections. */
  name?: string
  /** The owner migrates; everybody else works as the application, which cannot rewrite the ledger. */
  as?: 'owner' | 'application'
}

/** What is written as JSON: any value, where `sql.json` takes only those whose type has an index signature. */
const JSONB = 3802
export const json = (sql: Sql | Transaction, value: unknown): postgres.Parameter<unknown> => sql.typed(value, JSONB)

/** A process that vanished in the middle of a transaction must not keep its case locked. */
const LONGEST_PAUSE_MS = 30_000

export function connect(url: string, { max = 8, name = 'segin', as = 'application' }: Connecting = {}): Sql {
  return postgres(url, {
    max,
    onnotice: () => {},
    // `case_id` is `caseId` in every row and in every `sql(row)`; what lies inside JSON keeps its names.
    transform: { column: postgres.camel.column },
    connect_timeout: 5,
    connection: {
      application_name: name,
      idle_in_transaction_session_timeout: LONGEST_PAUSE_MS,
      ...(as === 'application' ? { role: 'segin_app' } : {}),
    },
  })
}
