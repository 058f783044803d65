/** Why something does not answer, as a code: messages of servers may hold addresses and passwords. */
export function whyAway(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error instanceof AggregateError && error.errors.length > 0) return whyAway(error.errors[0])
  return 'code' in error ? String(error.code) : error.name
}
