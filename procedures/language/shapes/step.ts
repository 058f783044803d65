import { z } from 'zod'
import { STAGES } from '../compiled.ts'
import { evidence, fields } from './field.ts'
import { nameId, oneOrMany, strict, text } from './strict.ts'

const names = z.array(z.string()).min(1)
export const extension = strict({ by: z.string(), most: z.string() })
const after = z.array(
  z.union([z.string(), strict({ any: names })], { error: '`step`, `step=outcome` or `{ any: [step=outcome, …] }`' }),
)
export const scalar = z.union([z.boolean(), z.number(), z.string()], { error: 'true, false, a number or a text' })

export const outcome = strict({
  label: text,
  help: text.optional(),
  back_to: z.string().optional(),
  within: z.string().optional(),
  at_most: z.int().min(1).optional(),
  then: z.string().optional(),
  set: z.record(z.string(), scalar).optional(),
  stop: names.optional(),
  close: z.string().optional(),
  notify: names.optional(),
  ends_consent: z.string().optional(),
  adverse: z.boolean().optional(),
  by_hand: z.boolean().optional(),
})
export type OutcomeText = z.infer<typeof outcome>

const common = {
  id: nameId,
  code: z.string().optional(),
  title: text,
  help: text.optional(),
  source: z.string().optional(),
  stage: z.enum(STAGES).optional(),
  at: z.string().optional(),
  after: after.optional(),
  when: z.string().optional(),
  restricted: nameId.optional(),
}

export const workStep = strict({
  ...common,
  kind: z.enum(['task', 'decision']).default('task'),
  role: oneOrMany,
  requires: names.optional(),
  holds: names.optional(),
  opens: oneOrMany.optional(),
  due: oneOrMany.optional(),
  lapses: strict({ at: oneOrMany, outcome: z.string(), basis: z.string(), extend: extension.optional() }).optional(),
  remind: z.array(z.string()).optional(),
  escalation: oneOrMany.optional(),
  extend: extension.optional(),
  repeat: strict({
    tries: z.int().min(1).optional(),
    apart: z.string().optional(),
    every: z.string().optional(),
    until: oneOrMany.optional(),
    at_most: z.int().min(1).optional(),
    at: names.optional(),
    from: z.string().optional(),
    window: z.string().optional(),
  }).optional(),
  ends_with: z.string().optional(),
  form: fields.optional(),
  evidence: evidence.optional(),
  not_by: names.optional(),
  discloses: strict({ to: z.string(), for: z.string(), what: names }).optional(),
  outcomes: z.record(nameId, outcome).default({ done: { label: { fr: 'Fait', en: 'Done' } } }),
  essential: z.boolean().optional(),
  tags: z.array(nameId).optional(),
})
export type WorkText = z.infer<typeof workStep>

export const startStep = strict({
  ...common,
  kind: z.literal('start'),
  start: z.string(),
  each: z.string().optional(),
  key: z.string().optional(),
  with: z.record(z.string(), scalar).optional(),
})
export type StartText = z.infer<typeof startStep>
export type StepText = WorkText | StartText

export function isWork(step: StepText): step is WorkText {
  return step.kind !== 'start'
}
