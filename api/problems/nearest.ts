/** The known name that a mistyped one most likely means, or null when none is near. */

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap))
    }
    row = next
  }
  return row[b.length] ?? 0
}

export const nearest = (name: string, known: readonly string[]): string | null => {
  const ranked = known
    .map((one) => ({ one, away: distance(name.toLowerCase(), one.toLowerCase()) }))
    .toSorted((left, right) => left.away - right.away)
  const best = ranked[0]
  return best !== undefined && best.away <= Math.max(2, Math.floor(best.one.length / 3)) ? best.one : null
}
