/** What the list of cases and one case answer. */

import { z } from '@hono/zod-openapi'
import { caseBrief } from '../acts/schema.ts'
import { answer, CaseLink, Named, NamedProcedure, orNull, Stage } from '../openapi/answers.ts'
import { RunningDeadline } from '../openapi/deadlines.ts'
import { OfferedAct } from '../openapi/offered-acts.ts'
import { PageSays } from '../openapi/page.ts'

const ListedCase = answer({
  number: z.string(),
  person: z.string().nullable().openapi({ description: 'Enough to recognise the person, and no more' }),
  status: z.enum(['open', 'closed']),
  stage: Stage,
  opened: z.iso.date(),
  place: orNull(Named),
  case_manager: orNull(Named),
  arrival: z.string().nullable().openapi({ description: 'Number of the arrival that the person came with' }),
  href: z.string(),
}).openapi('ListedCase')
export const CaseList = answer({ items: z.array(ListedCase), ...PageSays }).openapi('CaseList')
export type CaseListBody = z.infer<typeof CaseList>

const Person = answer({
  name: z.string().optional(),
  birth: z.string().optional().openapi({ description: 'A year, a month or a day', example: '1994-06' }),
  sex: z.string().optional(),
  phone: z.string().optional(),
  language: z.string().optional(),
}).openapi('Person', { description: 'As told at the opening; what was refused or not known is absent' })
const Budget = answer({
  id: z.string(),
  label: z.string(),
  most: z.number().nullable().openapi({ description: 'Whole XOF; null where no amount is fixed yet' }),
  paid: z.number().openapi({ description: 'Whole XOF' }),
  left: z.number().nullable().openapi({ description: 'Whole XOF' }),
}).openapi('Budget', { description: 'What a run may pay, what it has paid, and what is left' })
const Run = answer({
  id: z.string(),
  procedure: NamedProcedure,
  state: z.enum(['open', 'completed', 'stopped']),
  since: z.iso.date(),
  budgets: z.array(Budget).optional(),
}).openapi('Run', { description: 'One procedure inside this case' })
const LiveStep = answer({
  id: z.string(),
  title: z.string(),
  state: z.enum(['pending', 'waiting', 'open', 'done', 'not_needed', 'off_path']),
  you_may_act: z.boolean(),
  owner: orNull(Named),
  deadline: orNull(RunningDeadline),
  href: z.string(),
}).openapi('LiveStep')
const Consent = answer({
  id: z.string(),
  purpose: Named,
  state: z.enum(['given', 'refused', 'withdrawn', 'ended', 'override']).openapi({
    description: 'override: nobody gave it, and a life is at risk',
  }),
  until: z.iso.date().nullable(),
}).openapi('Consent')
const ClosedCase = answer({ on: z.iso.date(), reason: z.string() }).openapi('ClosedCase')
const ArrivalLink = answer({ number: z.string(), href: z.string() }).openapi('ArrivalLink')
const CaseLinks = answer({
  timeline: z.string(),
  explain: z.string(),
  notices: z.string(),
  documents: z.string(),
  clocks: z.string(),
  live: z.string(),
}).openapi('CaseLinks')

export const Case = answer({
  ...caseBrief,
  person: orNull(Person),
  opened: z.iso.date(),
  closed: orNull(ClosedCase),
  merged_into: orNull(CaseLink),
  merged: z.array(CaseLink).openapi({ description: 'Cases that were merged into this one' }),
  place: orNull(Named),
  case_manager: orNull(Named),
  arrival: orNull(ArrivalLink),
  household: z.array(CaseLink).openapi({ description: 'Cases of those who came as one household' }),
  runs: z.array(Run),
  open_steps: z.array(LiveStep),
  consents: z.array(Consent),
  actions: z.array(OfferedAct),
  links: CaseLinks,
}).openapi('Case')
export type CaseBody = z.infer<typeof Case>
