/** The number of a case: year of opening, six random digits, and a check digit that finds every slip of one digit or swap. */

/** Damm's quasigroup of order 10. */
const TABLE = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
] as const

const damm = (digits: string): number => [...digits].reduce((interim, digit) => TABLE[interim]?.[Number(digit)] ?? 0, 0)

const written = (digits: string): string => `${digits.slice(0, 2)}-${digits.slice(2, 6)}-${digits.slice(6)}`

/** `random` is 0 … 999,999. */
export function caseNumber(year: number, random: number): string {
  const digits = `${String(year % 100).padStart(2, '0')}${String(random).padStart(6, '0')}`
  return written(`${digits}${damm(digits)}`)
}

/** `26-3416-724` from however it was typed; null when its check digit is wrong or it is no number at all. */
export function normalNumber(typed: string): string | null {
  const digits = digitsOf(typed)
  return /^\d{9}$/.test(digits) && damm(digits) === 0 ? written(digits) : null
}

/** True for what was meant as the number of a case and cannot be one: a wrong check digit, or not nine digits. */
export function isMiscopied(typed: string): boolean {
  return /^\d{6,12}$/.test(digitsOf(typed)) && normalNumber(typed) === null
}

const digitsOf = (typed: string): string => typed.replaceAll(/[\s.–-]/g, '')
