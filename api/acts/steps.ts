/** The small acts on one step: countersign, assign, delegate, correct, extend, note. */

import { z } from '@hono/zod-openapi'
import { defineAct } from './act.ts'
import { AnswersBody, ClockRef, FreeText, StepId, TermBody, UserId, common } from '../openapi/bodies.ts'

export const countersign = defineAct({
  name: 'countersign',
  operationId: 'countersign',
  summary: 'Sign, as the second person, a step that was ended out of turn',
  body: z.strictObject({ step: StepId, ...common }).openapi('Countersign'),
  make: (body, reader) => ({ act: 'countersign', step: reader.item(body.step) }),
})

export const reopenStep = defineAct({
  name: 'reopen_step',
  operationId: 'reopenStep',
  summary: 'Have a step that has ended done again, within a time and with a reason',
  body: z.strictObject({ step: StepId, within: TermBody, reason: FreeText, ...common }).openapi('ReopenStep'),
  make: (body, reader) => {
    const step = reader.item(body.step)
    const within = { n: body.within.amount, unit: body.within.unit }
    return { act: 'reopen_step', step, within, reason: reader.secret(step, 'reason', body.reason) }
  },
})

export const assignStep = defineAct({
  name: 'assign_step',
  operationId: 'assignStep',
  summary: 'Give one step to somebody else',
  body: z.strictObject({ step: StepId, to: UserId, reason: FreeText.optional(), ...common }).openapi('AssignStep'),
  make: (body, reader) => {
    const step = reader.item(body.step)
    const reason = body.reason === undefined ? null : reader.secret(step, 'reason', body.reason)
    return { act: 'assign_step', step, to: body.to, reason }
  },
})

export const delegate = defineAct({
  name: 'delegate',
  operationId: 'delegate',
  summary: 'Let somebody else do one of your own steps',
  body: z.strictObject({ step: StepId, to: UserId, ...common }).openapi('Delegate'),
  make: (body, reader) => ({ act: 'delegate', step: reader.item(body.step), to: body.to }),
})

export const extendClock = defineAct({
  name: 'extend_clock',
  operationId: 'extendClock',
  summary: 'Give a step more time, within its bounds and with a reason',
  body: z.strictObject({ clock: ClockRef, by: TermBody, reason: FreeText, ...common }).openapi('ExtendClock'),
  make: (body, reader) => {
    const { item, clock } = reader.clock(body.clock)
    const by = { n: body.by.amount, unit: body.by.unit }
    return { act: 'extend_clock', clock, by, reason: reader.secret(item, 'reason', body.reason) }
  },
})

export const correctAnswer = defineAct({
  name: 'correct_answer',
  operationId: 'correctAnswer',
  summary: 'Correct answers of a step that has ended; nothing is undone, everybody concerned is told',
  body: z.strictObject({ step: StepId, answers: AnswersBody, reason: FreeText, ...common }).openapi('CorrectAnswer'),
  make: (body, reader) => {
    const step = reader.item(body.step)
    const { answers, personal } = reader.filled(step, { answers: body.answers, absent: {}, evidence: {} })
    return { act: 'correct_answer', step, answers, personal, reason: reader.secret(step, 'reason', body.reason) }
  },
})

export const correctOpening = defineAct({
  name: 'correct_opening',
  operationId: 'correctOpening',
  summary: 'Correct what was told at the opening: name, birth, telephone, day of arrival',
  body: z.strictObject({ answers: AnswersBody, reason: FreeText, ...common }).openapi('CorrectOpening'),
  make: (body, reader) => {
    const { answers, personal } = reader.opening({ answers: body.answers, absent: {} })
    return { act: 'correct_opening', answers, personal, reason: reader.secret('', 'reason', body.reason) }
  },
})

export const addNote = defineAct({
  name: 'add_note',
  operationId: 'addNote',
  summary: 'Write a note on a case or on one of its steps',
  body: z.strictObject({ step: StepId.optional(), text: FreeText, ...common }).openapi('AddNote'),
  make: (body, reader) => {
    const step = body.step === undefined ? null : reader.item(body.step)
    return { act: 'add_note', step, text: reader.secret(step ?? '', 'note', body.text) }
  },
})
