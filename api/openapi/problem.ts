/** The shape of every problem, for the OpenAPI document. Answers are open: more members may come. */

import { z } from '@hono/zod-openapi'
import { PROBLEM_CODES } from '../problems/catalogue.ts'
import { answer, CaseLink, Change, CouldAct, InstantText, Named } from './answers.ts'
import { ToldEntry } from './entries.ts'
import { OfferedAct } from './offered-acts.ts'

export const ClosedGate = answer({ gate: Named, opened_by: z.array(Named) }).openapi('ClosedGate')
const UsedLimit = answer({
  used: z.number(),
  most: z.number(),
  unit: z.string().openapi({ description: 'What is counted', example: 'working_days' }),
}).openapi('UsedLimit')
const Room = answer({
  id: z.string(),
  label: z.string(),
  room: z.number().int().openapi({ description: 'Cases that this person could take' }),
}).openapi('Room')

export const FieldProblem = answer({
  pointer: z.string().openapi({ description: 'JSON pointer into the request', example: '/answers/means' }),
  code: z.string(),
  message: z.string(),
  because: z
    .string()
    .optional()
    .openapi({ description: 'The answer, fact or rule behind the error', example: 'résultat : personne jointe' }),
  expected: z.array(z.string()).readonly().optional(),
  nearest: z.string().optional().openapi({ description: 'What may have been meant' }),
  least: z.number().optional(),
  most: z.number().optional(),
  at_least: z.string().optional().openapi({ description: 'The earliest instant, or the first day' }),
  at_most: z.string().optional().openapi({ description: 'The latest instant, or the last day' }),
  until: z.iso.date().optional().openapi({ description: 'Last day of an absence' }),
  room: z.array(Room).optional().openapi({ description: 'Colleagues who could take a case instead' }),
}).openapi('FieldProblem')

/** Members that only some problems have. */
const extension = {
  who: z.array(CouldAct).optional(),
  waits_for: z
    .array(answer({ step: z.string(), title: z.string() }).openapi('HoldingStep'))
    .optional()
    .openapi({ description: 'Steps that hold this one' }),
  opens: InstantText.optional(),
  now: z.string().optional().openapi({ description: 'Address of the round that is open now' }),
  basis: z.string().optional().openapi({ description: 'What the step stands on now' }),
  gates: z.array(ClosedGate).optional().openapi({ description: 'Gates that are closed, and the roles that open them' }),
  limit: UsedLimit.optional(),
  purpose: Named.optional(),
  actions: z.array(OfferedAct).optional().openapi({ description: 'What may be done instead' }),
  since: z.array(ToldEntry).optional().openapi({ description: 'What has happened since it was looked at' }),
  changes: z.array(Change).optional(),
  call: z.string().nullable().optional().openapi({ description: 'Telephone of the office that gave the link' }),
  merged_into: CaseLink.optional(),
  use: z.string().optional().openapi({ description: 'An Idempotency-Key that may be used' }),
  first: z.string().optional().openapi({ description: 'Receipt of the act that the key was first sent with' }),
  nearest: z.string().optional().openapi({ description: 'What may have been meant' }),
  max_bytes: z.number().int().optional(),
  accepts: z.array(z.string()).readonly().optional().openapi({ description: 'Media types' }),
  offset: z.number().int().optional().openapi({ description: 'Bytes that have arrived' }),
  erased: z.iso.date().optional(),
  over: z.number().int().optional().openapi({ description: 'Cases beyond the limit' }),
  room: z.array(Room).optional().openapi({ description: 'How many cases each of these people could take' }),
}

export const ProblemSchema = answer({
  type: z.string(),
  code: z.enum(PROBLEM_CODES).openapi('ProblemCode'),
  status: z.number().int(),
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(FieldProblem).optional(),
  kept_as_draft: z.boolean().optional().openapi({ description: 'What was filled in is a draft now' }),
  ...extension,
  retry: answer({ same_key: z.boolean(), after_seconds: z.number().optional() }).openapi('Retry'),
  request: z.string(),
}).openapi('Problem')

/** Spread into `responses` of every route: `{ 200: …, ...problems }`. */
export const problems = {
  default: {
    description: 'A problem (RFC 9457); its page is at `type`',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  },
} as const
