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

export function connect(url: string, { max = 8, name = 'segin', as = 'application' }: Connecting = {}): Sql {
  return postgres(url, {
    max,
    onnotice: () => {},
    connect_timeout: 5,
    connection: { application_name: name, ...(as === 'application' ? { role: 'segin_app' } : {}) },
  })
}
