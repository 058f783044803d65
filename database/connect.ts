import postgres from 'postgres'

export type Sql = postgres.Sql
export type Transaction = postgres.TransactionSql

export interface Connecting {
  max?: number
  /** Seen in the server's list of connections. */
  name?: string
  /** The owner migrates; everybody else works as the application, which cannot rewrite the ledger. */
  as?: 'owner' | 'application'
}

/** A process that vanished in the middle of a transaction must not keep its case locked. */
const LONGEST_PAUSE_MS = 30_000

export function connect(url: string, { max = 8, name = 'segin', as = 'application' }: Connecting = {}): Sql {
  return postgres(url, {
    max,
    onnotice: () => {},
    connect_timeout: 5,
    connection: {
      application_name: name,
      idle_in_transaction_session_timeout: LONGEST_PAUSE_MS,
      ...(as === 'application' ? { role: 'segin_app' } : {}),
    },
  })
}
