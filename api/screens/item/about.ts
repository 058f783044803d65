/** What a decision is about: the submission as it stands, with who made it. */

import { parseItem } from '../../../cases/item.ts'
import type { Work } from '../../../cases/progress/draft.ts'
import { endedBy } from '../../../cases/who-may.ts'
import type { PersonalAnswer } from '../../../database/queries/personal.ts'
import type { Entry } from '../../../cases/events.ts'
import type { CaseAtHand } from '../../acts/case-at-hand.ts'
import type { Deps } from '../../deps.ts'
import { namedOrNull } from '../../words/named.ts'

/** null for a task, or when nothing was submitted. */
export function aboutOf(deps: Deps, hand: CaseAtHand, work: Work, personal: PersonalAnswer[], entries: Entry[]) {
  if (work.rule.kind !== 'decision') return null
  const labels = hand.labelsOf(hand.state)
  const submitted = work.rule.after
    .flat()
    .map(({ step }) => ({ step, state: work.run.steps[step] }))
    .filter((one) => one.state?.status === 'done')
  return submitted.map(({ step, state }) => {
    const item = `${work.runId}.${step}.${state?.round ?? 1}`
    const document = deps.country.procedures[work.procedure.id]?.steps.find((one) => one.id === step)
    const fields = document && document.kind !== 'start' ? (document.form ?? {}) : {}
    const answers = Object.entries(state?.answers ?? {}).map(([id, value]) => ({
      id,
      label: fields[id]?.label[hand.language] ?? id,
      value,
    }))
    const sealed = personalOf(item, personal, entries).map(({ field, value }) => ({
      id: field,
      label: fields[field]?.label[hand.language] ?? field,
      value,
      personal: true,
    }))
    return {
      step: `${hand.number}.${item}`,
      title: labels.step(item),
      outcome: labels.outcome(item, state?.outcome ?? ''),
      by: namedOrNull(endedBy(state), labels.user),
      on: new Date(state?.endedAt ?? 0).toISOString().slice(0, 10),
      answers: [...answers, ...sealed],
    }
  })
}

/** Personal answers given by the action that ended an item; an orphan is never shown. */
export function personalOf(item: string, personal: PersonalAnswer[], entries: Entry[]): PersonalAnswer[] {
  const actions = new Set(
    entries.flatMap(({ event, action }) =>
      action !== null &&
      'item' in event &&
      event.item === item &&
      (event.kind === 'step_ended' || event.kind === 'answer_corrected')
        ? [action]
        : [],
    ),
  )
  return personal.filter(
    (one) => actions.has(one.actionId) && (one.item === item || one.item === '' || parseItem(one.item) === null),
  )
}
