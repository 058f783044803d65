/** Every outcome leads on, or is an end that is meant. */

import { isKnown, outcomeIds } from '../parse/context.ts'
import { endsRun } from './outcomes.ts'
import type { Study } from './study.ts'

export function checkEnds(study: Study): void {
  const { context, parsed, report } = study
  const { document } = context
  const bare = new Set<string>()
  const named = new Set<string>()
  for (const item of parsed.steps.flatMap((step) => step.after.flat()))
    if (item.outcome === undefined) bare.add(item.step)
    else named.add(`${item.step}=${item.outcome}`)
  const leadsOn = (step: string, outcome: string) => bare.has(step) || named.has(`${step}=${outcome}`)

  const meant = new Set<string>()
  for (const [index, end] of (document.ends ?? []).entries()) {
    const [id = '', outcome] = end.split('=')
    const path = ['ends', index]
    const step = document.steps.find((each) => each.id === id)
    if (!step) {
      isKnown(
        report,
        'step',
        id,
        document.steps.map((each) => each.id),
        path,
      )
      continue
    }
    if (outcome !== undefined && !isKnown(report, 'outcome', outcome, outcomeIds(step), path, id.length + 1)) continue
    const outcomes = outcome === undefined ? outcomeIds(step) : [outcome]
    for (const each of outcomes) meant.add(`${id}=${each}`)
    if (outcomes.every((each) => leadsOn(id, each)))
      report('not_an_end', path, `\`${end}\` leads on to another step, so it is not an end: take it out of \`ends\`.`)
  }
  for (const [index, step] of parsed.steps.entries()) {
    if (step.kind === 'start') continue
    for (const [id, outcome] of Object.entries(step.outcomes)) {
      if (outcome.backTo || endsRun(outcome) || leadsOn(step.id, id) || meant.has(`${step.id}=${id}`)) continue
      const text = document.steps[index]
      const path = text && 'outcomes' in text ? ['steps', index, 'outcomes', id] : ['steps', index]
      report(
        'unconsumed',
        path,
        `Nothing follows when \`${step.id}\` ends as \`${id}\`: let a step wait for \`${step.id}=${id}\`, or list it in \`ends\`.`,
      )
    }
  }
}
