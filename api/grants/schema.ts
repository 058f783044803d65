import { z } from '@hono/zod-openapi'
import { CivilDateText, UserId } from '../openapi/bodies.ts'
import { answer, InstantText, Named, orNull } from '../openapi/answers.ts'

export const GrantBody = z
  .strictObject({
    user: UserId,
    role: z.string().max(60).openapi({ example: 'trafficking_focal' }),
    place: z.string().max(60).openapi({ example: 'ml-kayes' }),
    /** The last day on which it is held. */
    until: CivilDateText.optional(),
  })
  .openapi('GrantRole', { description: 'Somebody is to hold a role at a place; `until` is the last day' })
export const GrantReply = z
  .strictObject({ answer: z.enum(['signed', 'refused']) })
  .openapi('AnswerGrant', { description: 'Whoever asked may only take it back: `refused`' })

export const GrantAnswer = answer({
  id: z.string(),
  state: z.enum(['waiting', 'granted', 'refused', 'expired']),
  text: z.string(),
  user: Named,
  role: Named,
  place: Named,
  until: orNull(z.iso.date()),
  by: Named,
  asked: InstantText,
  /** null for a role that needs no signature. */
  expires: orNull(InstantText),
  answered: orNull(
    answer({ by: Named, as: Named, at: InstantText }).openapi('GrantSignature', {
      description: 'Who signed or refused, as what, and when',
    }),
  ),
  who: z
    .array(answer({ role: Named, place: Named }).openapi('GrantSigner'))
    .openapi({ description: 'While it waits: whose signature would do' }),
  actions: z.array(
    answer({
      act: z.string(),
      label: z.string(),
      method: z.string(),
      href: z.string(),
      body: answer({ answer: z.enum(['signed', 'refused']) }),
    }).openapi('GrantAction'),
  ),
}).openapi('Grant')
export type GrantShown = z.infer<typeof GrantAnswer>
export const GrantList = answer({ items: z.array(GrantAnswer), next: orNull(z.string()) }).openapi('GrantList')
