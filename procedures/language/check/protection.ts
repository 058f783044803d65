/** Do no harm: children, consent, outreach. */

import type { Step, WorkStep } from '../compiled.ts'
import type { Read } from '../conditions/read.ts'
import type { Path } from '../problem.ts'
import { standing } from './outcomes.ts'
import type { Study } from './study.ts'

export function checkProtection(study: Study, gateReads: Record<string, Read[]>): void {
  const { parsed } = study
  for (const [index, step] of parsed.steps.entries()) {
    if (step.kind === 'start') continue
    const path: Path = ['steps', index]
    checkChild(study, step, path)
    checkOutreach(study, step, path)
    checkAdverse(study, step, path)
  }
  checkEssential(study, gateReads)
}

/** An adverse decision about a child needs the guardian, unless it is asked of others only. */
function checkChild({ context, parsed, report }: Study, step: WorkStep, path: Path): void {
  const { facts, gates } = context.country
  if (!gates['guardian'] || !facts['unaccompanied'] || parsed.subject !== 'case' || step.kind !== 'decision') return
  if (step.requires.includes('guardian') || /^!unaccompanied( &&|$)/.test(step.when ?? '')) return
  for (const [id, outcome] of Object.entries(step.outcomes))
    if (outcome.adverse)
      report(
        'child_gate',
        [...path, 'outcomes', id],
        `\`${id}\` is adverse, and the person may be an unaccompanied child: \`${step.id}\` must require \`guardian\`.`,
      )
}

function checkOutreach({ report }: Study, step: WorkStep, path: Path): void {
  if (step.tags.includes('outreach') && !step.requires.includes('safe_contact'))
    report(
      'outreach_gate',
      [...path, 'tags'],
      `\`${step.id}\` reaches out to the person, and a call can expose them: add \`requires: [safe_contact]\`.`,
    )
}

/** Refusing consent is never adverse. */
function checkAdverse({ readings, report }: Study, step: WorkStep, path: Path): void {
  const asks = step.form.some((field) => field.type === 'consent')
  const reads = readings.some(
    (reading) => reading.step === step && reading.clause === 'when' && reading.root === 'consent',
  )
  if (!asks && !reads) return
  for (const [id, outcome] of Object.entries(step.outcomes))
    if (outcome.adverse)
      report(
        'consent_adverse',
        [...path, 'outcomes', id],
        `\`${id}\` is adverse where consent is asked: refusing consent may not hurt. Decide in a step of its own.`,
      )
}

function checkEssential({ parsed, readings, report }: Study, gateReads: Record<string, Read[]>): void {
  const depends = new Map<string, string>()
  for (const [index, step] of parsed.steps.entries()) {
    const why = ownReason(step) ?? inherited(step)
    if (why === null) continue
    depends.set(step.id, why)
    if (step.kind !== 'start' && step.essential)
      report(
        'essential_consent',
        ['steps', index, 'essential'],
        `\`${step.id}\` is essential and depends on consent (${why}): give it a path that needs none.`,
      )
  }

  function ownReason(step: Step): string | null {
    if (readings.some((reading) => reading.step === step && reading.clause === 'when' && reading.root === 'consent'))
      return '`when`'
    if (step.kind === 'start') return null
    const gate = step.requires.find((id) => gateReads[id]?.some((read) => read.root === 'consent'))
    return gate === undefined ? null : `gate \`${gate}\``
  }

  /** One of the groups it waits for has only alternatives that depend on consent. */
  function inherited(step: Step): string | null {
    for (const group of step.after) {
      const reasons = group.map((item) => {
        const earlier = parsed.steps.find((each) => each.id === item.step)
        if (!earlier) return null
        const outcomes = group.filter((each) => each.step === item.step).map((each) => each.outcome)
        const some = item.outcome !== undefined && !standing(earlier).every((each) => outcomes.includes(each))
        const asks = earlier.kind !== 'start' && earlier.form.some((field) => field.type === 'consent')
        return depends.get(item.step) ?? (asks && some ? `\`${item.step}=${item.outcome}\`` : null)
      })
      const first = reasons[0]
      if (first !== undefined && reasons.every((reason) => reason !== null)) return first
    }
    return null
  }
}
