/** What a partner sends: JSON as it is, or a form, whose flat names are put together by the types of the step's fields. */

import { z } from '@hono/zod-openapi'
import type { Work } from '../../cases/progress/draft.ts'
import { AbsentBody, AnswersBody } from '../openapi/bodies.ts'
import type { ApiContext } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { requestProblem } from '../problems/request-errors.ts'

const PaperOnly = z.record(
  z.string().max(60),
  z.array(z.strictObject({ paper: z.strictObject({ kept_at: z.string().trim().min(1).max(200) }) })).max(5),
)
const LinkBody = z.strictObject({
  key: z.uuid(),
  /** Told by telephone. */
  code: z.string().max(20).default(''),
  basis: z.string().min(1).max(60),
  outcome: z.string().min(1).max(60),
  answers: AnswersBody.default({}),
  absent: AbsentBody.default({}),
  evidence: PaperOnly.default({}),
})
export type LinkAnswer = z.infer<typeof LinkBody>

/** Throws `unreadable`, `key_not_uuid` or `unknown_member`. */
export async function linkBodyOf(c: ApiContext, work: Work | null): Promise<LinkAnswer> {
  const json = (c.req.header('Content-Type') ?? '').includes('application/json')
  const body = json ? await jsonIn(c) : await formIn(c, work)
  const parsed = LinkBody.safeParse(body)
  if (parsed.success) return parsed.data
  if (parsed.error.issues.some((one) => one.path[0] === 'key')) throw problem('key_not_uuid')
  throw requestProblem('json', parsed.error, Object.keys(LinkBody.shape))
}

async function jsonIn(c: ApiContext): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    throw problem('unreadable')
  }
}

async function formIn(c: ApiContext, work: Work | null): Promise<unknown> {
  const form = await c.req.parseBody().catch(() => {
    throw problem('unreadable')
  })
  const text = (name: string): string => (typeof form[name] === 'string' ? form[name].trim() : '')
  const fields = (work?.rule.form ?? []).filter((field) => text(`answers.${field.id}`) !== '')
  const evidence = (work?.rule.evidence ?? []).filter((rule) => text(`evidence.${rule.id}`) !== '')
  return {
    key: text('key'),
    code: text('code'),
    basis: text('basis'),
    outcome: text('outcome'),
    answers: Object.fromEntries(fields.map((field) => [field.id, typed(field.type, text(`answers.${field.id}`))])),
    evidence: Object.fromEntries(
      evidence.map((rule) => [rule.id, [{ paper: { kept_at: text(`evidence.${rule.id}`) } }]]),
    ),
  }
}

function typed(type: Work['rule']['form'][number]['type'], value: string): unknown {
  switch (type) {
    case 'yes_no':
      return value === 'true'
    case 'number':
    case 'score':
    case 'money':
      return Number(value.replaceAll(/\s/g, '').replace(',', '.'))
    case 'codes':
      return [value]
    default:
      return value
  }
}
