import type { Gate, Step } from '../compiled.ts'
import type { Country } from '../country.ts'

/** The gates that a procedure and its steps require. */
export const requiredBy = (requires: readonly string[], steps: readonly Step[]): string[] => [
  ...requires,
  ...steps.flatMap((step) => (step.kind === 'start' ? [] : step.requires)),
]

/** As a case carries them; a gate that the country does not know was reported where it is named. */
export function gatesOf({ gates }: Pick<Country, 'gates'>, required: readonly string[]): Record<string, Gate> {
  const known = [...new Set(required)].toSorted().flatMap((id) => {
    const gate = gates[id]
    return gate ? [[id, { open: gate.open, openedBy: gate.opened_by }] as const] : []
  })
  return Object.fromEntries(known)
}
