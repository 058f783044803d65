import { z } from '@hono/zod-openapi'
import { answer, Named, orNull } from '../../openapi/answers.ts'

const told = (most: number, example: string) =>
  orNull(z.string().trim().min(1).max(most)).optional().openapi({ example })
export const SearchPerson = z
  .strictObject({ name: told(120, 'Diara Awa'), birth: told(10, '1994'), phone: told(30, '+223 70 00 00 01') })
  .openapi('SearchPerson', { description: 'At least two names, or one name with a birth or a telephone' })

const Likeness = answer({
  number: z.string(),
  person: orNull(z.string()),
  status: z.enum(['open', 'closed']),
  stage: Named,
  place: orNull(Named),
  case_manager: orNull(Named),
  because: z.array(Named),
  href: z.string(),
}).openapi('Likeness')
export const PerhapsSame = answer({
  items: z.array(Likeness),
  elsewhere: z.boolean().openapi({ description: 'Somebody alike has a case that you may not know' }),
  text: z.string(),
}).openapi('PerhapsSame')
export type PerhapsSameBody = z.infer<typeof PerhapsSame>
