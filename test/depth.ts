/** How long a law is tried: long enough to find a usual fault by day, and at length by `npm run night`. */

const NIGHT = process.env['SEGIN_NIGHT'] === 'yes'

export const byDay = <T>(day: T, night: T): T => (NIGHT ? night : day)
