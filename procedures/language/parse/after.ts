import type { AfterItem } from '../compiled.ts'
import type { Path } from '../problem.ts'
import type { StepText } from '../shapes/step.ts'
import { isKnown, outcomeIds } from './context.ts'
import type { Context } from './context.ts'

/** `step` or `step=outcome`, which may be `step=not_needed`; null when reported. */
export function afterItem(context: Context, text: string, before: number, path: Path): AfterItem | null {
  const { document, report } = context
  const [step = '', outcome, ...rest] = text.split('=').map((part) => part.trim())
  if (rest.length > 0 || step === '' || outcome === '') {
    report('unreadable', path, `\`${text}\` is not a step: write \`step\` or \`step=outcome\`.`)
    return null
  }
  const index = document.steps.findIndex((each) => each.id === step)
  const found = document.steps[index]
  if (!found) {
    isKnown(
      report,
      'step',
      step,
      document.steps.slice(0, before).map((each) => each.id),
      path,
    )
    return null
  }
  if (index >= before) {
    report(
      'later_step',
      path,
      `\`${step}\` does not stand above: \`after\` names earlier steps only. Move it, or use \`back_to\`.`,
    )
    return null
  }
  if (outcome === undefined) return { step }
  if (outcome === 'not_needed') return notNeeded(context, found, path)
  const offset = text.indexOf('=') + 1
  return isKnown(report, 'outcome', outcome, outcomeIds(found), path, offset) ? { step, outcome } : null
}

function notNeeded({ report }: Context, step: StepText, path: Path): AfterItem | null {
  if (step.when !== undefined) return { step: step.id, outcome: 'not_needed' }
  report(
    'never_so',
    path,
    `\`${step.id}\` has no \`when\`, so it is always needed: take \`${step.id}=not_needed\` out.`,
  )
  return null
}

export function afterOf(context: Context, step: StepText, index: number): AfterItem[][] {
  return (step.after ?? []).flatMap((entry, position) => {
    const path = ['steps', index, 'after', position]
    const texts = typeof entry === 'string' ? [entry] : entry.any
    const items = texts.map((text, place) =>
      afterItem(context, text, index, typeof entry === 'string' ? path : [...path, 'any', place]),
    )
    return [items.filter((item) => item !== null)]
  })
}
