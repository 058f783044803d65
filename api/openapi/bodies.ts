/** Parts that the bodies of acts share. Requests are strict: an unknown member is an error. */

import { z } from '@hono/zod-openapi'
import { NAME } from '../problems/members.ts'

export const StepId = z
  .string()
  .max(120)
  .openapi('StepId', { description: 'Work item: case . run . step . round', example: '26-3416-724.plan-k7m.draft.1' })
export const ClockRef = z
  .string()
  .max(130)
  .openapi('ClockId', { description: 'Work item . due or lapses', example: '26-3416-724.plan-k7m.draft.1.due' })
export const UserId = z.string().max(60).openapi('UserId', { example: 'usr-4k2p' })
export const CivilDateText = z.iso.date().openapi('CivilDate', { example: '2026-11-23' })
export const Happened = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .openapi('Happened', { description: 'When it happened: a bare date, as paper is, or an instant' })
export const ViaText = z.enum(['app', 'phone', 'paper']).openapi('Via')
export const FreeText = z.string().trim().min(1).max(2000).openapi('FreeText')
export const TermBody = z
  .strictObject({
    amount: z.number().int().min(1).max(1000),
    unit: z.enum(['hours', 'days', 'working_days', 'weeks', 'months']),
  })
  .openapi('Amount')
/** Names of fields and evidence are slugs; anything else is refused here and not said back, since it may be personal. */
export const namesAreSlugs = (
  value: object,
  c: { addIssue: (issue: { code: 'custom'; path: string[] }) => void },
): void => {
  if (!Object.keys(value).every((name) => NAME.test(name))) c.addIssue({ code: 'custom', path: ['?'] })
}
export const AnswersBody = z
  .record(z.string(), z.unknown())
  .superRefine(namesAreSlugs)
  .openapi('Answers', { description: 'Field id → value, as the form of the work item describes it' })
export const AbsentBody = z
  .record(z.string(), z.enum(['refused', 'unknown']))
  .superRefine(namesAreSlugs)
  .openapi('Absent', { description: 'Fields that the person refused or did not know' })
export const EvidenceBody = z
  .record(
    z.string(),
    z
      .array(
        z.union([
          z.strictObject({ document: z.string().max(60) }),
          z.strictObject({ paper: z.strictObject({ kept_at: z.string().trim().min(1).max(200) }) }),
        ]),
      )
      .max(20),
  )
  .superRefine(namesAreSlugs)
  .openapi('Evidence', { description: 'Evidence id → documents sent before, or where the paper is kept' })

/** Members of every act: when, by which way, and the phone's own clock for correction. */
export const common = {
  happened: Happened.optional(),
  via: ViaText.optional(),
  sent_at: z.iso
    .datetime({ offset: true })
    .optional()
    .openapi({ description: 'The instant on the clock of the sender: corrects `happened` when that clock is wrong' }),
}
export const filled = {
  outcome: z.string().max(60),
  answers: AnswersBody.default({}),
  absent: AbsentBody.default({}),
  evidence: EvidenceBody.default({}),
}
