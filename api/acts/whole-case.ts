/** The acts on a whole case: suspend and resume, begin a procedure, change of case manager, consents. */

import { z } from '@hono/zod-openapi'
import { defineAct } from './act.ts'
import { AbsentBody, AnswersBody, CivilDateText, FreeText, UserId, common } from '../openapi/bodies.ts'

export const suspend = defineAct({
  name: 'suspend',
  operationId: 'suspend',
  summary: 'Suspend a case until a date of review',
  body: z.strictObject({ review_on: CivilDateText, reason: FreeText, ...common }).openapi('Suspend'),
  make: (body, reader) => ({
    act: 'suspend',
    reviewOn: body.review_on,
    reason: reader.secret('', 'reason', body.reason),
  }),
})

export const resume = defineAct({
  name: 'resume',
  operationId: 'resume',
  summary: 'Resume a suspended case',
  body: z.strictObject({ ...common }).openapi('Resume'),
  make: () => ({ act: 'resume' }),
})

export const beginProcedure = defineAct({
  name: 'begin_procedure',
  operationId: 'beginProcedure',
  summary: 'Begin a procedure in a case',
  body: z
    .strictObject({
      procedure: z.string().max(60),
      answers: AnswersBody.default({}),
      absent: AbsentBody.default({}),
      ...common,
    })
    .openapi('BeginProcedure'),
  procedureOf: (body) => body.procedure,
  make: (body, reader) => ({
    act: 'begin_procedure',
    procedure: body.procedure,
    ...reader.inputs(body.procedure, body),
  }),
})

export const changeCaseManager = defineAct({
  name: 'change_case_manager',
  operationId: 'changeCaseManager',
  summary: 'Give the case, and every open step of its case manager, to another',
  body: z
    .strictObject({
      to: UserId,
      reason: FreeText.optional(),
      over_limit: z
        .boolean()
        .optional()
        .openapi({ description: 'Go deliberately beyond the caseload of that person; asks for a reason' }),
      ...common,
    })
    .openapi('ChangeCaseManager'),
  make: (body, reader) => {
    if (body.over_limit === true) reader.beyondCaseload(body.reason)
    return {
      act: 'change_case_manager',
      to: body.to,
      reason: body.reason === undefined ? null : reader.secret('', 'reason', body.reason),
    }
  },
})

export const recordConsent = defineAct({
  name: 'record_consent',
  operationId: 'recordConsent',
  summary: 'Record that the person gave or refused consent for a purpose',
  body: z
    .strictObject({
      purpose: z.string().max(60),
      state: z.enum(['given', 'refused', 'override']),
      form: z.enum(['written', 'recorded', 'oral', 'proxy']),
      language: z.string().max(40),
      until: CivilDateText.optional(),
      ...common,
    })
    .openapi('RecordConsent'),
  make: ({ purpose, state, form, language, until }) => ({
    act: 'record_consent',
    consent: { purpose, state, form, language, until: until ?? null },
  }),
})

export const withdrawConsent = defineAct({
  name: 'withdraw_consent',
  operationId: 'withdrawConsent',
  summary: 'Record that the person withdrew a consent',
  body: z
    .strictObject({ consent: z.string().max(60).openapi({ example: 'cst-5h2v' }), ...common })
    .openapi('WithdrawConsent'),
  make: (body) => ({ act: 'withdraw_consent', consent: body.consent }),
})
