/** A refusal of the core as a problem: what is wrong in words, who could do it, and that the answers were kept. */

import type { FieldError, Refusal, Who } from '../../cases/refusals.ts'
import { fieldErrorText } from '../../cases/words/field-errors.ts'
import type { Labels } from '../../cases/words/labels.ts'
import { refusalText } from '../../cases/words/refusals.ts'
import type { Language } from '../context/deps.ts'
import type { ProblemExtension } from '../problems/extension.ts'
import { type Problem, problem, type ShownError } from '../problems/problem.ts'

/** What a refusal is told with: labels in both languages would be waste, so one language is chosen before. */
export interface RefusalContext {
  language: Language
  labels: Labels
  /** Label of the field or evidence behind a pointer. */
  fieldLabel: (pointer: string) => string
  /** With the names of what could be chosen. */
  withNames: (error: FieldError) => FieldError
  /** Why the field is asked, or the error is one; null when its message says it all. */
  because: (error: FieldError) => string | null
  /** Names of those who hold a role at a place. */
  people: (who: Who) => { id: string; label: string }[]
  /** Work item, with its case: for ids in the answer. */
  number: string
  /** Whether what was filled in is a draft now. */
  kept: boolean
  more: ProblemExtension
}

const iso = (at: number): string => new Date(at).toISOString()

const shownError = (error: FieldError, context: RefusalContext): ShownError => {
  const message = fieldErrorText(context.withNames(error), context.language, context.fieldLabel(error.pointer))
  const because = context.because(error)
  return {
    pointer: error.pointer,
    code: error.code,
    message: () => message,
    ...(because === null ? {} : { because }),
    ...(error.expected === undefined ? {} : { expected: error.expected }),
    ...(error.nearest === undefined ? {} : { nearest: error.nearest }),
    ...(error.least === undefined ? {} : { least: error.least }),
    ...(error.most === undefined ? {} : { most: error.most }),
    ...(error.atLeast === undefined ? {} : { at_least: iso(error.atLeast) }),
    ...(error.atMost === undefined ? {} : { at_most: iso(error.atMost) }),
    ...(error.earliest === undefined ? {} : { at_least: error.earliest }),
    ...(error.latest === undefined ? {} : { at_most: error.latest }),
    ...(error.until === undefined ? {} : { until: error.until }),
    ...(error.room === undefined
      ? {}
      : { room: error.room.map(({ user, name, room }) => ({ id: user, label: name, room })) }),
  }
}

const namedWho = (who: Who, { labels, people }: RefusalContext) => ({
  role: { id: who.role, label: labels.role(who.role) },
  place: who.place === null ? null : { id: who.place, label: labels.place(who.place) },
  people: people(who),
})

/** Members that only this kind of refusal has. */
const particular = (refusal: Refusal, context: RefusalContext): ProblemExtension => {
  const { labels, number } = context
  switch (refusal.code) {
    case 'role_required':
    case 'place_required':
    case 'own_submission':
    case 'second_person_required':
      return { who: refusal.who.map((one) => namedWho(one, context)) }
    case 'on_hold':
      return {
        who: refusal.who.map((one) => namedWho(one, context)),
        waits_for: (refusal.by ?? []).map((item) => ({ step: `${number}.${item}`, title: labels.step(item) })),
      }
    case 'step_not_open':
      return refusal.opens === null ? {} : { opens: iso(refusal.opens) }
    case 'step_reopened':
      return { now: `/api/v1/work/${number}.${refusal.now}` }
    case 'changed_since_seen':
      return { basis: refusal.basis }
    case 'gate_closed':
      return {
        gates: refusal.gates.map(({ gate, openedBy }) => ({
          gate: { id: gate, label: labels.gate(gate) },
          opened_by: openedBy.map((role) => ({ id: role, label: labels.role(role) })),
        })),
      }
    case 'limit_reached':
      return { limit: { used: refusal.used, most: refusal.most, unit: refusal.unit } }
    case 'no_consent':
      return { purpose: { id: refusal.purpose, label: labels.purpose(refusal.purpose) } }
    case 'not_found':
    case 'step_ended':
    case 'already_running':
    case 'case_closed':
    case 'answers_invalid':
    case 'key_reused':
      return {}
  }
}

const KEPT = {
  fr: 'Ce que vous avez saisi est gardé en brouillon.',
  en: 'What you filled in is kept as a draft.',
}

/** The same for a refusal of the rehearsal, of the workflow, and of a receipt. `not_found` says nothing more. */
export const refusalProblem = (refusal: Refusal, context: RefusalContext): Problem => {
  if (refusal.code === 'not_found') return problem('not_found')
  const text = refusalText(refusal, context.language, context.labels)
  return problem(refusal.code, {
    title: () => text.title,
    detail: () => (context.kept ? `${text.detail} ${KEPT[context.language]}` : text.detail),
    ...(refusal.code === 'answers_invalid'
      ? { errors: refusal.errors.map((error) => shownError(error, context)) }
      : {}),
    more: { ...particular(refusal, context), ...(context.kept && { kept_as_draft: true }), ...context.more },
  })
}
