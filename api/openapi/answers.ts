/** Parts that answers share. Answers are open: a client must expect members that are not listed. */

import { z } from '@hono/zod-openapi'
import { STAGES } from '../../procedures/language/compiled.ts'

/** `.nullable()` on a named schema comes out as `allOf` with a type that nothing satisfies; this one as `anyOf`. */
export const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()])

/** An answer or a part of one: open to a client, who must expect more, and exact to us, who must say all of it. */
export const answer = <S extends z.ZodRawShape>(shape: S) => z.object(shape).openapi({ additionalProperties: {} })

export const Named = answer({ id: z.string(), label: z.string() }).openapi('Named', {
  description: 'Something with its name in the language of the request',
})
export const InstantText = z.iso.datetime().openapi('Instant', { example: '2026-11-23T10:12:40.000Z' })
export const CaseLink = answer({ number: z.string(), href: z.string() }).openapi('CaseLink')
export const Stage = answer({
  id: z.string().openapi({ description: `One of ${STAGES.join(', ')}` }),
  label: z.string(),
}).openapi('Stage')

const Plain = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** As the form of its step describes it. */
export const AnswerValue = z
  .union([Plain, z.array(z.string()), z.array(z.record(z.string(), Plain)), z.record(z.string(), Plain)])
  .openapi('AnswerValue', {
    description: 'A plain value, several codes, the rows of a list, or the members of a consent; money in whole XOF',
  })

export const ProcedureVersion = answer({ id: z.string(), version: z.number().int() }).openapi('ProcedureVersion')
export const NamedProcedure = answer({ id: z.string(), version: z.number().int(), label: z.string() }).openapi(
  'NamedProcedure',
)

/** Who could do something: a role at a place; `people` where those who hold it are told. */
export const CouldAct = answer({
  role: Named,
  place: orNull(Named).optional(),
  people: z.array(Named).optional().openapi({ description: 'Who holds this role there today' }),
}).openapi('CouldAct', { description: 'Who could do it: a role at a place' })

export const Away = answer({ from: z.iso.date(), to: orNull(z.iso.date()) }).openapi('Away', {
  description: 'Days of absence, the last one included; null where it is not known',
})

/** How a submission differs from an earlier one. */
export const Change = answer({
  id: z.string(),
  label: z.string(),
  personal: z.boolean().optional().openapi({ description: 'Of a personal answer it is told only that it changed' }),
  before: z.string().nullable().optional(),
  after: z.string().nullable().optional(),
}).openapi('Change', { description: 'An answer before and after, as people read it' })
