/** One work item, whole: what it is, its form, its deadline, and what the viewer may do with it. */

import { z } from '@hono/zod-openapi'
import { answer, AnswerValue, Change, InstantText, Named, orNull, Stage } from '../../openapi/answers.ts'
import { AbsentBody, AnswersBody, EvidenceBody } from '../../openapi/bodies.ts'
import { Consequence, RuledDeadline } from '../../openapi/deadlines.ts'
import { Form } from '../../openapi/forms.ts'
import { NotNow, OfferedAct } from '../../openapi/offered-acts.ts'

const CitedProcedure = answer({
  id: z.string(),
  version: z.number().int(),
  label: z.string(),
  source: z.string().nullable().openapi({ description: 'Where the rule comes from, as people cite it' }),
}).openapi('CitedProcedure')
const ItemCase = answer({
  number: z.string(),
  person: z.string().nullable().openapi({ description: 'Enough to recognise the person, and no more' }),
  stage: Stage,
  href: z.string(),
}).openapi('ItemCase')
const ContactFact = answer({
  label: z.string(),
  value: z.string(),
  personal: z.boolean().optional(),
  from: orNull(answer({ title: z.string(), on: z.iso.date() })),
}).openapi('ContactFact', { description: 'How to reach the person, or a place of theirs, and where that comes from' })
const ShownAnswer = answer({
  id: z.string(),
  label: z.string(),
  value: AnswerValue,
  text: z.string(),
  personal: z.boolean().optional(),
}).openapi('ShownAnswer')
const JoinedEvidence = answer({
  evidence: z.string(),
  label: z.string(),
  id: z.string().optional(),
  href: z.string().optional(),
  kept_at: z.string().nullable().optional().openapi({ description: 'Where the paper is kept' }),
}).openapi('JoinedEvidence', { description: 'A document that was sent, or where the paper is kept' })
const DecisionSubject = answer({
  step: z.string(),
  title: z.string(),
  outcome: z.string(),
  by: orNull(Named),
  on: z.iso.date(),
  answers: z.array(ShownAnswer),
  documents: z.array(JoinedEvidence),
  changed_since_last_round: z.array(Change),
}).openapi('DecisionSubject', { description: 'A submission that this decision is about' })

export const Remarks = z.array(answer({ field: z.string(), text: z.string() }).openapi('ToldRemark'))
const Previous = answer({
  outcome: z.string().nullable(),
  answers: z.record(z.string(), AnswerValue).openapi({ description: 'By the id of the field' }),
  sent_back: orNull(answer({ at: InstantText, remarks: Remarks }).openapi('SentBack')),
}).openapi('PreviousRound', { description: 'What was answered the round before, and why it came back' })

/** What one person has filled in so far, as it was kept. */
export const kept = {
  outcome: z.string().optional(),
  answers: AnswersBody,
  absent: AbsentBody,
  evidence: EvidenceBody,
}
const Draft = answer({ ...kept, by: Named, at: InstantText }).openapi('Draft', {
  description: 'What the viewer has filled in so far',
})

export const WorkItem = answer({
  id: z.string(),
  title: z.string(),
  code: z.string().nullable().openapi({ description: 'Code of the step in the national framework' }),
  kind: z.enum(['task', 'decision']),
  state: z.enum(['pending', 'waiting', 'open', 'done', 'not_needed', 'off_path']),
  round: z.number().int().openapi({ description: '1 at first; one more each time that the step is done again' }),
  basis: z.string().openapi({ description: 'What the step stands on: sent back with a decision' }),
  help: z.string().nullable(),
  procedure: CitedProcedure,
  case: ItemCase,
  place: orNull(Named),
  owner: orNull(Named),
  role: orNull(Named),
  open_since: InstantText,
  deadline: orNull(RuledDeadline),
  if_nobody_acts: z.array(Consequence),
  shows: z.array(ContactFact),
  about: z.array(DecisionSubject).optional().openapi({ description: 'Of a decision' }),
  previous: orNull(Previous),
  form: Form,
  draft: orNull(Draft),
  actions: z.array(OfferedAct),
  not_now: z.array(NotNow),
}).openapi('WorkItem')
export type WorkItemBody = z.infer<typeof WorkItem>
