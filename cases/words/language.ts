/** French is the default of everything that people read. */
export type Language = 'fr' | 'en'

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
export const uncapitalised = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** "a, b ou c". */
export function oneOf(items: readonly string[], language: Language): string {
  const last = items.at(-1) ?? ''
  const or = language === 'fr' ? 'ou' : 'or'
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${or} ${last}`
}
