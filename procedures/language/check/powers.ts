/** What an outcome may do depends on who brings it about: silence has no power, and only decisions close or hurt. */

import { ALL_ORDINARY, type WorkStep } from '../compiled.ts'
import type { Path } from '../problem.ts'
import type { Study } from './study.ts'

export function checkPowers(study: Study): void {
  const { parsed, report } = study
  if (parsed.set && parsed.begins.some((way) => way.kind !== 'on'))
    report(
      'silent_effect',
      ['set'],
      '`set` is for what the law ties to a day: let the procedure begin `on` a date fact only, or set this in an outcome.',
    )
  for (const [index, step] of parsed.steps.entries()) {
    if (step.kind === 'start') continue
    const path: Path = ['steps', index]
    if (step.kind === 'decision' && step.lapses)
      report(
        'decision_lapses',
        [...path, 'lapses'],
        `\`${step.id}\` is a decision, and decisions never lapse: let it be late and escalate.`,
      )
    if (!step.due && !step.lapses && step.repeat?.kind !== 'dates')
      report(
        'no_clock',
        path,
        `\`${step.id}\` has no clock: give it \`due\`, so that somebody is told when it is late.`,
      )
    if (step.extend && !step.due)
      report('no_clock', [...path, 'extend'], `\`extend\` lengthens \`due\`, and \`${step.id}\` has none.`)
    checkLadderEnd(study, step, index)
    checkOutcomes(study, step, path)
  }
}

function checkLadderEnd({ context, report }: Study, step: WorkStep, index: number): void {
  const text = context.document.steps[index]
  const last = step.ladder.at(-1)
  const spelled = text && 'escalation' in text ? text.escalation : undefined
  const inline = spelled ?? context.document.escalation
  if (!last || typeof inline === 'string' || context.country.roles[last.role]?.last) return
  const path: Path = spelled === undefined ? ['escalation'] : ['steps', index, 'escalation']
  report(
    'ladder_end',
    path,
    `The ladder of \`${step.id}\` ends with \`${last.role}\`, which is not marked \`last\` in roles: end it with a role that always has a holder.`,
  )
}

function checkOutcomes({ report }: Study, step: WorkStep, path: Path): void {
  const silent = new Map<string, string>()
  for (const [id, outcome] of Object.entries(step.outcomes))
    if (outcome.backTo) silent.set(outcome.backTo.then, `\`then\` of \`${id}\``)
  if (step.lapses) silent.set(step.lapses.outcome, '`lapses`')
  for (const [id, outcome] of Object.entries(step.outcomes)) {
    const at: Path = [...path, 'outcomes', id]
    const heavy = [
      ...(outcome.adverse ? ['adverse'] : []),
      ...(outcome.close === undefined ? [] : ['close']),
      ...(outcome.stop?.includes(ALL_ORDINARY) ? ['stop'] : []),
    ]
    if (step.kind !== 'decision')
      for (const key of heavy)
        report(
          'decision_only',
          [...at, key],
          `\`${key === 'stop' ? 'stop: all' : key}\` needs a decision: make \`${step.id}\` a decision, or let one follow.`,
        )
    const by = silent.get(id)
    if (by === undefined) continue
    for (const key of ['adverse', 'set', 'stop', 'close', 'endsConsent'] as const)
      if (outcome[key] !== undefined)
        report(
          'silent_effect',
          [...at, spelled(key)],
          `\`${id}\` comes by itself (${by}), and silence changes nothing: take \`${spelled(key)}\` out and let a step follow.`,
        )
  }
}

const spelled = (key: string): string => (key === 'endsConsent' ? 'ends_consent' : key)
