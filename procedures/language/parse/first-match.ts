import type { FirstMatch } from '../compiled.ts'
import type { Path } from '../problem.ts'
import type { Context } from './context.ts'

export interface Entry {
  text: string
  when: string | null
  path: Path
  /** Where `text` and `when` begin in what is written at the path. */
  offset: number
  whenOffset: number
}

/** The entries of a clause that is one text or a first-match list. */
export function entriesOf(value: string | string[], path: Path): Entry[] {
  if (typeof value === 'string') return [entryOf(value, path)]
  return value.map((text, index) => entryOf(text, [...path, index]))
}

function entryOf(text: string, path: Path): Entry {
  const at = text.indexOf(' when ')
  if (at < 0) return { text, when: null, path, offset: 0, whenOffset: 0 }
  return { text: text.slice(0, at), when: text.slice(at + 6).trim(), path, offset: 0, whenOffset: at + 6 }
}

/** Reads each entry; the last must have no condition, all others must have one. */
export function firstMatch<T>(
  context: Context,
  value: string | string[],
  path: Path,
  read: (entry: Entry) => T | null,
): FirstMatch<T> | null {
  const entries = entriesOf(value, path)
  const result: FirstMatch<T> = []
  let whole = true
  for (const [index, entry] of entries.entries()) {
    const last = index === entries.length - 1
    if (last !== (entry.when === null)) {
      whole = false
      const says = last
        ? 'The last entry must have no `when`: it is what counts when nothing else does. Add one without a condition.'
        : 'Only the last entry may stand without `when`: what follows it would never count.'
      context.report('first_match', entry.path, says)
    }
    const then = read(entry)
    if (then === null) whole = false
    else result.push(entry.when === null ? { then } : { when: entry.when, then })
  }
  return whole ? result : null
}
