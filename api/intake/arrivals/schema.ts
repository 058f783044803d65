import { z } from '@hono/zod-openapi'
import { AnswersBody, common, Happened, namesAreSlugs } from '../../openapi/bodies.ts'
import { actionMembers } from '../../acts/schema.ts'
import { answer, Named, orNull } from '../../openapi/answers.ts'
import { FieldProblem } from '../../openapi/problem.ts'
import { OfferedAct } from '../../openapi/offered-acts.ts'
import { PageSays } from '../../openapi/page.ts'
import { PerhapsSame } from '../search/schema.ts'

/** A code of a list as manifests write it: `Charter` and `ne-niamey` are `charter` and `ne_niamey`. */
const ListedCode = z
  .string()
  .max(60)
  .overwrite((code) => code.toLowerCase().replaceAll('-', '_'))
export const Announce = z
  .strictObject({
    place: z.string().max(60).openapi({ example: 'senou' }),
    channel: ListedCode.optional().openapi({ example: 'air' }),
    expected: Happened.optional(),
    carrier: ListedCode.optional().openapi({ example: 'charter' }),
    from: ListedCode.optional().openapi({ example: 'ne_niamey' }),
    headcount: z.number().int().min(1).max(5000).optional(),
    crisis: z.boolean().optional(),
    answers: AnswersBody.default({}),
    ...common,
  })
  .openapi('AnnounceArrival')

export const MOST_ROWS = 50
const PersonRow = z
  .object({
    row: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,40}$/)
      .openapi({ description: 'The agent’s own key: the same row again changes nothing', example: 'desk2-01' }),
  })
  .catchall(z.unknown())
  .superRefine(namesAreSlugs)
  .openapi('PersonRow', { description: 'The key of the row, and the inputs of the procedure that its case opens with' })
export const AddPeople = z
  .strictObject({ people: z.array(PersonRow).min(1).max(MOST_ROWS), ...common })
  .openapi('AddPeople')

export const ArrivalAnswer = answer({
  id: z.string().openapi({ example: 'senou-2026-11-23-1' }),
  status: z.enum(['expected', 'open', 'closed']).openapi({ description: '`expected` until somebody is entered' }),
  place: orNull(Named),
  expected_on: orNull(z.iso.date()),
  expected_time: orNull(z.string()).openapi({ description: 'Announced time of the day', example: '19:30' }),
  expected: orNull(z.number().int()).openapi({ description: 'Announced number of people' }),
  present: z.number().int().openapi({ description: 'People added so far' }),
  cases: z.number().int().openapi({ description: 'Cases opened so far' }),
  work: z.array(answer({ id: z.string(), title: z.string(), href: z.string() }).openapi('ArrivalStep')).optional(),
  actions: z.array(OfferedAct).optional(),
  href: z.string(),
}).openapi('Arrival')
export const ArrivalList = answer({ items: z.array(ArrivalAnswer), ...PageSays }).openapi('ArrivalList')

const RowResult = answer({
  row: z.string(),
  result: z.enum(['opened', 'accepted', 'refused']),
  case: z.string().optional(),
  errors: z.array(FieldProblem).optional(),
  perhaps_same: PerhapsSame.optional(),
}).openapi('RowResult')
export type RowBody = z.infer<typeof RowResult>
export const PeopleAnswer = answer({
  ...actionMembers,
  rows: z.array(RowResult).optional(),
  arrival: ArrivalAnswer.optional(),
}).openapi('PeopleAction')
export const PeopleList = answer({
  items: z.array(
    answer({ row: z.string(), case: z.string(), result: z.enum(['opened', 'accepted']) }).openapi('AddedPerson'),
  ),
}).openapi('PeopleList')
export const ArrivalParam = z.object({
  arrival: z
    .string()
    .max(60)
    .openapi({ param: { name: 'arrival', in: 'path' }, example: 'senou-2026-11-23-1' }),
})
