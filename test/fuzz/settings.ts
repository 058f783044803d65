/** What nonsense is mixed with: an address that exists gets it past the door. */

export interface FuzzedCase {
  number: string
  /** A step of it that is open. */
  item: string
}

/** Settings of the fuzzer, which draws every other value itself. */
export function settingsFor({ number, item }: FuzzedCase): string {
  return [
    '[parameters]',
    `"path.case" = ${JSON.stringify(number)}`,
    `"path.item" = ${JSON.stringify(item)}`,
    '"path.list" = "urgency"',
    '"path.procedure" = "ml-reception"',
    '',
  ].join('\n')
}
