/** What the explanation of a case answers. */

import { z } from '@hono/zod-openapi'
import { answer, CouldAct, InstantText, Named, orNull } from '../openapi/answers.ts'
import { ArithmeticLine, Consequence, RunningDeadline } from '../openapi/deadlines.ts'
import { OfferedAct } from '../openapi/offered-acts.ts'
import { ClosedGate } from '../openapi/problem.ts'
import { AskedPartner } from './work-schema.ts'

const Rule = answer({
  text: z.string().nullable(),
  source: z.string().nullable().openapi({ description: 'Where the rule comes from, as people cite it' }),
  procedure: z.string().openapi({ description: 'Procedure and version', example: 'ml-reception@1' }),
  step: z.string(),
}).openapi('Rule')
const WaitingStep = answer({
  step: z.string().openapi({ description: 'Work item' }),
  title: z.string(),
  state: z.enum(['open', 'waiting']),
  since: InstantText,
  for: z.union([AskedPartner, z.array(CouldAct)]),
  owned_by: orNull(Named),
  rule: Rule,
  deadline: orNull(RunningDeadline),
  arithmetic: z.array(ArithmeticLine),
  if_nobody_acts: z.array(Consequence),
  blocked_by: z.array(ClosedGate),
}).openapi('WaitingStep')
const HeldStep = answer({
  step: z.string().openapi({ description: 'Work item' }),
  title: z.string(),
  text: z.string(),
  since: InstantText,
  ask: answer({ role: Named }).optional().openapi({ description: 'Whom to ask about it' }),
}).openapi('HeldStep')

export const Explanation = answer({
  number: z.string(),
  text: z.string(),
  waiting: z.array(WaitingStep),
  held: z.array(HeldStep),
  actions: z.array(OfferedAct).openapi({ description: 'What the viewer may do so that it goes on' }),
}).openapi('Explanation')
export type ExplanationBody = z.infer<typeof Explanation>
