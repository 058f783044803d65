import type { ClockId, ClockKind, ItemId } from './events.ts'

export interface ItemParts {
  run: string
  step: string
  round: number
}
export const itemId = (run: string, step: string, round: number): ItemId => `${run}.${step}.${round}`

/** null when the text is no item at all. */
export function parseItem(item: ItemId): ItemParts | null {
  const match = /^([a-z0-9-]+)\.([a-z0-9_]+)\.(\d{1,4})$/.exec(item)
  return match ? { run: match[1] ?? '', step: match[2] ?? '', round: Number(match[3]) } : null
}
export const clockId = (item: ItemId, kind: ClockKind): ClockId => `${item}.${kind}`
export const itemOfClock = (clock: ClockId): ItemId => clock.slice(0, clock.lastIndexOf('.'))
