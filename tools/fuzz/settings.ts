/** What nonsense is mixed with: what exists gets it past the door. */

export interface Existing {
  cases: string[]
  arrivals: string[]
  /** Steps, open, done and hidden. */
  items: string[]
  users: string[]
  procedures: string[]
}

/** Members of requests, and how often they name what exists; the fuzzer draws every other value itself. */
const BOUND: Record<string, [keyof Existing, number]> = {
  'path.case': ['cases', 0.9],
  'path.arrival': ['arrivals', 0.9],
  'path.item': ['items', 0.9],
  'path.procedure': ['procedures', 0.9],
  'body.case': ['cases', 0.7],
  'body.step': ['items', 0.7],
  'body.to': ['users', 0.7],
  'body.user': ['users', 0.7],
  'body.procedure': ['procedures', 0.7],
}

/** Settings of the fuzzer. `spared`: operations of which not every limit of every member is tried, only nonsense. */
export function settingsFor(existing: Existing, spared: string[]): string {
  const dictionaries = Object.entries(existing).map(
    ([name, values]) => `[dictionaries.${name}]\nvalues = ${JSON.stringify(values)}\n`,
  )
  const bound = Object.entries(BOUND).map(
    ([member, [dictionary, probability]]) =>
      `"${member}" = { dictionary = "${dictionary}", probability = ${probability} }`,
  )
  const sparing = [
    '[[operations]]',
    `include-operation-id = ${JSON.stringify(spared)}`,
    'phases.coverage.enabled = false',
  ]
  const parameters = ['[parameters]', '"path.list" = "urgency"', ...bound]
  return [...dictionaries, ...parameters, ...(spared.length > 0 ? sparing : []), ''].join('\n')
}
