/** An instant of business time, in milliseconds since the epoch. */
export type Instant = number
/** A civil date, `2026-11-23`. Mali keeps UTC all year, so the civil day is the UTC day. */
export type CivilDate = string
