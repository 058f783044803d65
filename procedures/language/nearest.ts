/** The known name that an unknown one was probably meant to be, or null when none is close. */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null
  let least = Math.max(1, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    const distance = edits(name, candidate)
    if (distance < least) {
      best = candidate
      least = distance
    }
  }
  return best
}

/** `did you mean …?`, or the few names there are, or nothing. */
export function suggestion(name: string, known: Iterable<string>): string {
  const names = [...known]
  const close = nearest(name, names)
  if (close !== null) return `did you mean \`${close}\`?`
  if (names.length === 0) return 'none is declared.'
  const few = names.slice(0, 12).join(', ')
  return names.length > 12 ? `known are ${few} and ${names.length - 12} more.` : `known: ${few}.`
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
