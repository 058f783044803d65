/** A restricted procedure: only those who may know act on it, hear of it, or are told that it is late. */

import type { Step, WorkStep } from '../compiled.ts'
import type { Path } from '../problem.ts'
import { isWork } from '../shapes/step.ts'
import { stepLabel } from './labels.ts'
import type { Study } from './study.ts'

export function checkVisible(study: Study): void {
  const { context, parsed } = study
  checkReaders(study)
  const may = context.document.visible_to
  if (!may) return
  for (const [index, step] of parsed.steps.entries())
    if (step.kind !== 'start') checkStep(study, step, ['steps', index], may)
}

/** Whoever decides must be able to read what they decide on. */
function checkReaders({ context, parsed, report }: Study): void {
  const readers = context.document.read_by
  if (!readers) return
  for (const [index, step] of parsed.steps.entries()) {
    if (step.kind !== 'decision') continue
    for (const ref of step.role.flatMap((entry) => entry.then))
      if ('role' in ref && !readers.includes(ref.role))
        report(
          'not_visible',
          ['steps', index, 'role'],
          `\`${ref.role}\` decides \`${step.id}\`, and is not in \`read_by\`: add the role there.`,
        )
  }
}

function checkStep({ context, report }: Study, step: WorkStep, path: Path, may: readonly string[]): void {
  const text = context.document.steps.find((each) => each.id === step.id)
  const refuse = (role: string, does: string, at: Path) => {
    if (!may.includes(role))
      report(
        'not_visible',
        at,
        `\`${role}\` ${does}, and is not in \`visible_to\`: add the role there, or take it out here.`,
      )
  }
  for (const ref of step.role.flatMap((entry) => entry.then)) {
    if ('role' in ref) refuse(ref.role, `does \`${step.id}\``, [...path, 'role'])
    else if (ref.type === 'partner')
      report(
        'partner_link',
        [...path, 'role'],
        `\`${ref.field}\` is a partner, and restricted procedures never use links: let a role do \`${step.id}\`.`,
      )
  }
  const ladder: Path = text && isWork(text) && text.escalation !== undefined ? [...path, 'escalation'] : ['escalation']
  for (const rung of step.ladder) refuse(rung.role, `is told when \`${step.id}\` is late`, ladder)
  if (step.extend) refuse(step.extend.by, `may extend \`${step.id}\``, [...path, 'extend', 'by'])
  if (step.lapses?.extend)
    refuse(step.lapses.extend.by, `may extend \`${step.id}\``, [...path, 'lapses', 'extend', 'by'])
  for (const [id, outcome] of Object.entries(step.outcomes))
    for (const [index, role] of (outcome.notify ?? []).entries())
      refuse(role, `is told of \`${step.id}=${id}\``, [...path, 'outcomes', id, 'notify', index])
}

/** What a hidden step holds, an ordinary one must hold too: else the hold itself would tell. */
export function checkHiddenHolds(studies: readonly Study[]): void {
  const ordinary = new Set(
    studies.flatMap((study) =>
      workOf(study)
        .filter((step) => stepLabel(study, step) === null)
        .flatMap((step) => step.holds),
    ),
  )
  for (const study of studies) {
    for (const step of workOf(study)) {
      if (stepLabel(study, step) === null) continue
      for (const [index, held] of step.holds.entries()) {
        const inside = study.parsed.steps.some((each) => each.id === held)
        if (inside || ordinary.has(held)) continue
        const path: Path = ['steps', study.parsed.steps.indexOf(step), 'holds', index]
        study.report(
          'hidden_hold',
          path,
          `Only restricted steps hold \`${held}\`, so a hold would tell of them: let an ordinary step hold the same.`,
        )
      }
    }
  }
}

const workOf = ({ parsed }: Study): WorkStep[] => parsed.steps.filter((step: Step) => step.kind !== 'start')
