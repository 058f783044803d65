import { z } from '@hono/zod-openapi'
import { answer, InstantText, Named, orNull } from '../../openapi/answers.ts'
import { CivilDateText } from '../../openapi/bodies.ts'

const Title = z.strictObject({ fr: z.string().min(1).max(120), en: z.string().min(1).max(120) }).openapi('TwoLanguages')

export const DeclareDay = z
  .strictObject({
    date: CivilDateText,
    title: Title,
    place: z.string().max(60).optional().openapi({ description: 'Only this place and all under it' }),
    instead_of: z.iso.date().optional().openapi({
      description: 'The day that was estimated for this feast, a `provisional` one: it is worked after all',
    }),
    declared_by: z.enum(['law', 'communique', 'estimate']).default('communique'),
    reason: z.string().trim().min(1).max(500).optional().openapi({
      description: 'Required for a day that has passed: deadlines already told are counted again. Name nobody in it',
    }),
  })
  .openapi('DeclareDayOff')

const Hours = answer({ opens: z.string(), closes: z.string() }).openapi('Hours')
export const CalendarAnswer = answer({
  version: z.number().int(),
  business_date: z.iso.date(),
  week: z.record(z.string(), Hours).openapi({ description: '1 = Monday … 7 = Sunday; a day without hours is off' }),
  ramadan: z.array(answer({ from: z.iso.date(), to: z.iso.date() })),
  ramadan_week: z.record(z.string(), Hours),
  days_off: z.array(
    answer({
      date: z.iso.date(),
      title: z.string().nullable(),
      place: orNull(Named),
      provisional: z.boolean(),
      reason: z.string().nullable().openapi({ description: 'Why a day that had passed was declared off' }),
    }).openapi('DayOff'),
  ),
}).openapi('Calendar')

export const BroadcastAnswer = answer({
  id: z.string(),
  kind: z.string(),
  status: z.enum(['running', 'done']),
  text: z.string(),
  total: z.number().int(),
  left: z.number().int(),
  mail_waiting: z.number().int().openapi({ description: 'Reminders and notices that have still to go out' }),
  business_date: z.iso.date(),
  now: InstantText,
  href: z.string(),
}).openapi('Broadcast')
