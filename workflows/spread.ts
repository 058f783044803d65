import { shortDigest } from '../cases/chain.ts'

/** Wake-ups due in one instant are spread by the case's id, so that five thousand at 17:00 do not queue for an hour. */
export function spreadOf(caseId: string, overMs: number): number {
  return overMs === 0 ? 0 : Number.parseInt(shortDigest(caseId).slice(0, 8), 16) % overMs
}
