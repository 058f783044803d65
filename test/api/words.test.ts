import { z } from '@hono/zod-openapi'
import { describe, expect, it } from 'vitest'
import { FreeText, TermBody } from '../../api/openapi/bodies.ts'
import { malformedText } from '../../api/problems/malformed.ts'

const Body = z.strictObject({
  reason: FreeText,
  to: z.string().min(3).optional(),
  people: z
    .array(z.strictObject({ name: z.string() }))
    .max(2)
    .optional(),
  headcount: z.number().int().min(1).max(9).optional(),
  stage: z.enum(['reception', 'closure']).optional(),
  by: TermBody.optional(),
  date: z.iso.date().optional(),
  over_limit: z.boolean().optional(),
})
const saidOf = (body: unknown): { fr: string; en: string }[] =>
  (Body.safeParse(body).error?.issues ?? []).map(malformedText)
const reason = 'Route coupée'

describe('what is wrong with a request names the member, and never what was sent', () => {
  it.each([
    [{ reason: '   ' }, 'Indiquez « Motif ».', 'Give “Reason”.'],
    [{}, 'Indiquez « Motif ».', 'Give “Reason”.'],
    [
      { reason: 'x'.repeat(2001) },
      '« Motif » est trop long : 2000 caractères au plus.',
      '“Reason” is too long: 2000 characters at most.',
    ],
    [{ reason: 7 }, '« Motif » : il faut ici un texte.', '“Reason”: expected here is text.'],
    [
      { reason, to: 'x' },
      '« Destinataire » est trop court : 3 caractères au moins.',
      '“Recipient” is too short: 3 characters at least.',
    ],
    [{ reason, people: [{ name: 1 }] }, '« Nom » : il faut ici un texte.', '“Name”: expected here is text.'],
    [
      { reason, people: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
      '« Personnes » : au plus 2.',
      '“People”: at most 2.',
    ],
    [{ reason, headcount: 0 }, '« Effectif annoncé » : au moins 1.', '“Announced number of people”: at least 1.'],
    [{ reason, stage: 'kings' }, '« Phase » : ce n’est pas un des choix.', '“Stage”: this is not one of the choices.'],
    [{ reason, by: { amount: 0, unit: 'days' } }, '« Nombre » : au moins 1.', '“Number”: at least 1.'],
    [{ reason, date: 'hier' }, '« Date » n’est pas lisible sous cette forme.', '“Date” cannot be read in this form.'],
    [
      { reason, over_limit: 'oui' },
      '« Au-delà du nombre de dossiers » : il faut ici true ou false.',
      '“Beyond the caseload”: expected here is true or false.',
    ],
    [[], 'La demande : il faut ici un objet.', 'The request: expected here is an object.'],
  ])('%j', (body, fr, en) => {
    expect(saidOf(body)).toEqual([{ fr, en }])
  })
})
