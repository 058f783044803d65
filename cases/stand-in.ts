import type { CaseState } from './state.ts'

/** Who does the work of somebody whose work was handed over here: the successor, or theirs; else the person. */
export function standInFor(state: Pick<CaseState, 'handovers'>, user: string, asked: string[] = []): string {
  const given = Object.values(state.handovers ?? {}).find((one) => one.from === user)
  return given === undefined || asked.includes(user) ? user : standInFor(state, given.to, [...asked, user])
}
