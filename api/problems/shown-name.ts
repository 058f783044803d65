/** Whether a name that a client chose may be said back to it: a slug may, anything else could be somebody's. */

/** The shape of every member, field, piece of evidence and filter; what objects inherit is none of them. */
export const NAME = /^(?!constructor$)[a-z][a-z0-9_]{0,59}$/

export const shownName = (name: string): string => (NAME.test(name) ? name : '?')
