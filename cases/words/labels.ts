import type { ItemId } from '../events.ts'

/** The names of things in the reader's language; whoever reads the procedures and the directory provides them. */
export interface Labels {
  role(id: string): string
  place(id: string): string
  user(id: string): string
  step(item: ItemId): string
  outcome(item: ItemId, outcome: string): string
  gate(id: string): string
  purpose(id: string): string
}

/** What a refusal says to a person. */
export interface RefusalText {
  title: string
  detail: string
}
