/** `back_to` leads back here, is bounded, and leaves no begun procedure and no payment behind. */

import type { BackTo, Step, WorkStep } from '../compiled.ts'
import type { Path } from '../problem.ts'
import { isWork } from '../shapes/step.ts'
import { allEndings, ancestors, descendants, enumerate, inWords, isDone, opens } from './paths.ts'
import type { Ending } from './paths.ts'
import { indexOf } from './study.ts'
import type { Study } from './study.ts'

export function checkBackTo(study: Study): void {
  const { parsed, report } = study
  for (const [index, step] of parsed.steps.entries()) {
    if (step.kind === 'start') continue
    for (const [id, { backTo }] of Object.entries(step.outcomes)) {
      if (!backTo) continue
      const path: Path = ['steps', index, 'outcomes', id]
      if (step.outcomes[backTo.then]?.backTo)
        report(
          'back_to_limit',
          [...path, 'then'],
          `\`${backTo.then}\` goes back itself, so the loop has no end: name an outcome that leads on.`,
        )
      if (!descendants(parsed, backTo.step).has(step.id))
        report(
          'back_to_target',
          [...path, 'back_to'],
          `From \`${backTo.step}\` nothing leads to \`${step.id}\` again: go back to a step that it waits for.`,
        )
      else checkSpan(study, step, backTo, [...path, 'back_to'])
    }
  }
}

function checkSpan(study: Study, from: WorkStep, backTo: BackTo, path: Path): void {
  const { parsed, report } = study
  const all = allEndings(parsed)
  const endable = (step: Step): Ending[] => (step.id === from.id ? ['open'] : all(step))
  for (const id of descendants(parsed, backTo.step)) {
    const step = parsed.steps[indexOf(parsed, id)]
    if (!step || id === from.id || !(step.kind === 'start' || isPayment(study, step))) continue
    const before = ancestors(parsed, from.id, id)
    const steps = parsed.steps.filter((each) => each.id === id || each.id === from.id || before.includes(each))
    enumerate(parsed, steps, endable, (endings) => {
      if (!opens(parsed, from, endings) || !isDone(endings[id])) return false
      const example = inWords(
        steps.filter((each) => each.id !== from.id),
        endings,
      )
      if (step.kind === 'start')
        report(
          'leaves_start',
          path,
          `Going back to \`${backTo.step}\` would leave \`${step.start}\` behind, begun by \`${id}\`, for example ${example}: begin it only after \`${from.id}\`.`,
        )
      else
        report(
          'leaves_money',
          path,
          `Going back to \`${backTo.step}\` would leave the payment of \`${id}\` behind, for example ${example}: pay only after \`${from.id}\`.`,
        )
      return true
    })
  }
}

/** A step pays when its form asks for money of a budget. */
function isPayment({ context }: Study, step: WorkStep): boolean {
  const text = context.document.steps.find((each) => each.id === step.id)
  return (
    text !== undefined &&
    isWork(text) &&
    Object.values(text.form ?? {}).some((field) =>
      [field, ...Object.values(field.of ?? {})].some(({ budget }) => budget !== undefined),
    )
  )
}
