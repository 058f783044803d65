/** A law that was broken, and in which case. */
export class Violation extends Error {
  readonly law: string
  case: number | null = null

  constructor(law: string, message: string) {
    super(message)
    this.law = law
  }
}
