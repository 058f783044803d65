/** `{id, label}`: how everything that has a name is told. */
export type Named = { id: string; label: string }
export const named = (id: string, label: (id: string) => string): Named => ({ id, label: label(id) })
export const namedOrNull = (id: string | null, label: (id: string) => string): Named | null =>
  id === null ? null : named(id, label)
