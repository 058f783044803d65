/** Two steps of a run that hold each other would never be done. */

import type { Study } from './study.ts'

export function checkHolds({ parsed, report }: Study): void {
  const held = new Map<string, string[]>()
  for (const step of parsed.steps)
    if (step.kind !== 'start')
      held.set(
        step.id,
        step.holds.filter((id) => parsed.steps.some((each) => each.id === id)),
      )
  for (const [index, step] of parsed.steps.entries()) {
    for (const id of held.get(step.id) ?? []) {
      const earlier = parsed.steps.findIndex((each) => each.id === id)
      if (earlier > index || !(held.get(id) ?? []).includes(step.id)) continue
      const place = step.kind === 'start' ? 0 : step.holds.indexOf(id)
      report(
        'hold_cycle',
        ['steps', index, 'holds', place],
        `\`${step.id}\` and \`${id}\` hold each other: neither could be done. Let one of them go.`,
      )
    }
  }
}
