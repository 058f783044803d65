/** Building blocks of the shapes: objects without unknown keys, ids, texts in both languages. */

import { z } from 'zod'

/** Refuses unknown keys; the issue's message carries the keys that are known, for the nearest name. */
export function strict<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  })
}

const pattern = (expression: RegExp, says: string) => z.string().regex(expression, { error: says })
/** Names that conditions can read. */
export const nameId = pattern(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and `_`, a letter first')
/** Entries of lists and choices, which may begin with a digit. */
export const entryId = pattern(/^[a-z0-9][a-z0-9_]*$/, 'lower case letters, digits and `_`')
/** Procedures, places, sources, gates. */
export const wideId = pattern(/^[a-z0-9][a-z0-9._-]*$/, 'lower case letters, digits, `-`, `_` and `.`')
export const civilDate = pattern(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-23')
export const clockTime = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 07:30')

const words = z.string().min(1, { error: 'a text that is not empty' })
/** What a user reads: French first, and English. */
export const text = strict({ fr: words, en: words })
export type Text = z.infer<typeof text>

export const oneOrMany = z.union([z.string(), z.array(z.string()).min(1)], {
  error: 'one text, or a list of texts of which the first that fits counts',
})
