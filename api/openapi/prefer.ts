/** What a client asks for in `Prefer` (RFC 7240). */

export interface Preference {
  async: boolean
  minimal: boolean
  /** Seconds to hold the answer, at most 25. */
  wait: number
}

export const preferenceOf = (header: string | undefined): Preference => {
  const parts = (header ?? '').split(',').map((part) => part.trim().toLowerCase())
  const wait = parts.map((part) => /^wait=(\d{1,3})$/.exec(part)?.[1]).find((found) => found !== undefined)
  return {
    async: parts.includes('respond-async'),
    minimal: parts.includes('return=minimal'),
    wait: Math.min(25, Number(wait ?? 0)),
  }
}
