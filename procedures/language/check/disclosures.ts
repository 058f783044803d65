/** Nothing goes to a partner unsaid, or without a consent that is asked for as it goes; going without is countersigned. */

import type { WorkStep } from '../compiled.ts'
import type { Read } from '../conditions/read.ts'
import type { Path } from '../problem.ts'
import type { Study } from './study.ts'

export function checkDisclosures(study: Study, gateReads: Record<string, Read[]>): void {
  for (const [index, step] of study.parsed.steps.entries()) {
    if (step.kind === 'start') continue
    const path: Path = ['steps', index]
    checkAsked(study, step, path)
    checkGate(study, step, path, gateReads)
    checkOverride(study, step, path)
  }
}

/** A restricted step that asks a partner is refused for that alone. */
function checkAsked({ context, report }: Study, { id, role, discloses }: WorkStep, path: Path): void {
  if (context.document.visible_to) return
  for (const ref of role.flatMap((entry) => entry.then))
    if ('field' in ref && ref.type === 'partner' && discloses?.to !== ref.field)
      report(
        'undisclosed',
        [...path, 'role'],
        `\`${id}\` asks the partner in \`${ref.field}\`: say with \`discloses\` what they learn by it, and for which purpose.`,
      )
}

function checkGate({ report }: Study, step: WorkStep, path: Path, gateReads: Record<string, Read[]>): void {
  const { id, discloses } = step
  if (!discloses) return
  const asks = ({ root, member }: Read): boolean => root === 'consent' && member === discloses.purpose
  if (!step.requires.some((gate) => gateReads[gate]?.some(asks)))
    report(
      'undisclosed',
      [...path, 'discloses'],
      `\`${id}\` discloses for \`${discloses.purpose}\`: require a gate that asks for that consent.`,
    )
}

function checkOverride({ parsed, report }: Study, step: WorkStep, path: Path): void {
  for (const { id, override } of step.form) {
    if (override === undefined) continue
    const signed = parsed.steps.some(
      (other) =>
        other.kind === 'decision' &&
        Object.values(other.outcomes).some((outcome) => outcome.endsConsent !== undefined) &&
        other.after.flat().some((item) => item.step === step.id && item.outcome === override),
    )
    if (!signed)
      report(
        'uncountersigned',
        [...path, 'form', id, 'override'],
        `\`${step.id}=${override}\` goes on without consent: let a decision after it countersign, or end it with \`ends_consent\`.`,
      )
  }
}
