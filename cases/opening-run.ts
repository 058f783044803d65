import type { CaseState } from './state.ts'

/** The run with which a case of a person began; null for an arrival. */
export function openingRun({ subject, runs }: CaseState): string | null {
  return subject === 'case' ? (Object.keys(runs)[0] ?? null) : null
}
