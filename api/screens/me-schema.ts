import { z } from '@hono/zod-openapi'
import { Named, orNull } from '../openapi/answers.ts'

export const InstallationAnswer = z
  .looseObject({
    kind: z.enum(['training', 'service']),
    text: z.string(),
    business_date: z.iso.date(),
    version: z.string(),
  })
  .openapi('Installation')
export const MeAnswer = z
  .looseObject({
    user: Named,
    language: z.enum(['fr', 'en']),
    away: orNull(z.looseObject({ from: z.iso.date(), to: orNull(z.iso.date()) })),
    holds: z.array(
      z.looseObject({ role: Named, place: Named, organisation: Named, until: orNull(z.iso.date()) }).openapi('Holding'),
    ),
    installation: InstallationAnswer,
    counts: z
      .looseObject({
        mine: z.number().int(),
        late: z.number().int(),
        due_today: z.number().int(),
        to_sign: z.number().int().openapi({ description: 'Grants of roles that wait for my signature' }),
      })
      .openapi('MyCounts'),
    may: z.array(z.string()),
    links: z.record(z.string(), z.string()),
  })
  .openapi('Me')
export const EntryAnswer = z
  .looseObject({ installation: InstallationAnswer, links: z.record(z.string(), z.string()) })
  .openapi('Entry')
