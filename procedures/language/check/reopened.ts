/** A step that is open while another goes back must not, when it ends, read what was opened again. */

import type { Step, WorkStep } from '../compiled.ts'
import { allEndings, ancestors, descendants, enumerate, inWords, isDone, opens } from './paths.ts'
import type { Ending } from './paths.ts'
import type { Reading, Study } from './study.ts'

/** Read when the step ends; and, where it waits for its day or is done again, what is read when it opens. */
function isLate(step: WorkStep, { clause }: Reading): boolean {
  if (clause === 'when' || clause === 'opens' || clause === 'repeat') return false
  const ending: readonly string[] = ['form', 'evidence', 'set', 'close']
  return ending.includes(clause) || step.opens !== undefined || step.repeat !== undefined
}

export function checkReopened(study: Study): void {
  const { parsed, readings, report } = study
  for (const reading of readings) {
    const { step } = reading
    if (reading.guarded || !step || step.kind === 'start' || !isLate(step, reading)) continue
    if (!parsed.steps.some((each) => each.id === reading.root)) continue
    const found = parsed.steps.flatMap((other) => (other.kind === 'start' ? [] : hit(study, step, other, reading)))
    const first = found[0]
    if (first !== undefined) report('unanswered', reading.path, first, reading.offset)
  }
}

function hit({ parsed }: Study, step: WorkStep, other: WorkStep, reading: Reading): string[] {
  if (other.id === step.id) return []
  const before = ancestors(parsed, other.id)
  const all = allEndings(parsed)
  const endable = (each: Step): Ending[] => (each.id === step.id || each.id === other.id ? ['open'] : all(each))
  return Object.entries(other.outcomes).flatMap(([id, { backTo }]) => {
    if (!backTo || before.some((each) => each.id === step.id)) return []
    const below = descendants(parsed, backTo.step)
    const again = (each: string) =>
      each === backTo.step || (below.has(each) && before.some(({ id: one }) => one === each))
    if (!again(reading.root)) return []
    const both = ancestors(parsed, step.id, other.id)
    const steps = parsed.steps.filter((each) => both.includes(each) || each.id === step.id || each.id === other.id)
    let example = ''
    enumerate(parsed, steps, endable, (endings) => {
      if (!opens(parsed, step, endings) || !opens(parsed, other, endings) || !isDone(endings[reading.root]))
        return false
      example = inWords(steps, endings)
      return true
    })
    if (example === '') return []
    const name = `\`${reading.root}.${reading.member ?? 'outcome'}\``
    return [
      `${name} may be open again when this is read: ${example}, \`${other.id}=${id}\` goes back to \`${backTo.step}\`. Let one of the two steps wait for the other, or ask \`has()\` first.`,
    ]
  })
}
