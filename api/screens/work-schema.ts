/** What a work queue answers: counts, and one row for each step that waits. */

import { z } from '@hono/zod-openapi'
import { answer, InstantText, Named, orNull, ProcedureVersion, Stage } from '../openapi/answers.ts'
import { ListedDeadline } from '../openapi/deadlines.ts'
import { PageSays } from '../openapi/page.ts'

export const AskedPartner = answer({ kind: z.literal('partner'), id: z.string(), label: z.string() }).openapi(
  'AskedPartner',
  {
    description: 'The partner whose answer a step waits for',
  },
)
const RowCase = answer({
  number: z.string(),
  person: z.string().nullable().openapi({ description: 'Enough to recognise the person, and no more' }),
  stage: Stage,
}).openapi('RowCase')
const row = {
  id: z.string().openapi({ example: '26-3416-724.plan-k7m.draft.1' }),
  title: z.string(),
  code: z.string().nullable().openapi({ description: 'Code of the step in the national framework' }),
  kind: z.enum(['task', 'decision']),
  state: z.enum(['open', 'waiting', 'held']),
  procedure: ProcedureVersion,
  place: orNull(Named),
  roles: z.array(Named).openapi({ description: 'Who may do it' }),
  owner: orNull(Named),
  mine_because: z.string().nullable().openapi({ description: 'Why it is the viewer’s; null when it is not' }),
  waiting_for: orNull(AskedPartner),
  open_since: InstantText,
  deadline: orNull(ListedDeadline),
  href: z.string(),
}
const WorkRowAnswer = answer({
  ...row,
  draft: orNull(answer({ by: Named, at: InstantText }).openapi('KeptDraft')),
  case: RowCase,
}).openapi('WorkRow')
/** A row without what is read for the whole page at once. */
export type RowBody = Omit<z.infer<typeof WorkRowAnswer>, 'draft' | 'case'>

const LateSteps = answer({ step: Named, late: z.number().int() }).openapi('LateSteps')
const WorkCounts = answer({
  late: z.number().int(),
  due_today: z.number().int(),
  later: z.number().int(),
  by_step: z.array(LateSteps).openapi({ description: 'Steps that are late most often, worst first' }),
}).openapi('WorkCounts')

export const WorkList = answer({ ...PageSays, counts: WorkCounts, items: z.array(WorkRowAnswer) }).openapi('WorkList')
export type WorkListBody = z.infer<typeof WorkList>
