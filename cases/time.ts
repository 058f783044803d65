/** An instant of business time, in milliseconds since the epoch. */
export type Instant = number
/** A civil date, `2026-11-23`. Mali keeps UTC all year, so the civil day is the UTC day. */
export type CivilDate = string
/** Days since 1 January 1970: days are counted as numbers and written as dates. */
export type Day = number
