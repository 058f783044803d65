/** Tells what happens as it happens, with business dates, and keeps count of what was expected. */

export class Story {
  private readonly out: (line: string) => void
  private passed = 0
  private readonly failures: string[] = []

  constructor(out: (line: string) => void) {
    this.out = out
  }
  title(title: string): void {
    this.out(`\n${title}\n${'═'.repeat(title.length)}`)
  }
  chapter(title: string): void {
    this.out(`\n── ${title} ${'─'.repeat(Math.max(0, 76 - title.length))}`)
  }
  tell(date: string, line: string): void {
    this.out(`${date}  ${line}`)
  }
  expect(what: string, holds: boolean): void {
    if (holds) this.passed += 1
    else this.failures.push(what)
    this.out(`            ${holds ? '✓' : '✗'} ${what}`)
  }
  /** The exit code: 0 when every expectation held. */
  end(): number {
    this.chapter('Bilan')
    for (const failure of this.failures) this.out(`✗ ${failure}`)
    this.out(`${this.passed} attentes tenues, ${this.failures.length} non tenues`)
    return this.failures.length === 0 ? 0 : 1
  }
}
