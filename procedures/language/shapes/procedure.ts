import { z } from 'zod'
import { STAGES } from '../compiled.ts'
import type { Report } from '../problem.ts'
import { fields } from './field.ts'
import { reportIssues } from './issues.ts'
import { scalar, startStep, workStep } from './step.ts'
import type { StepText } from './step.ts'
import { nameId, oneOrMany, strict, text, wideId } from './strict.ts'

const names = z.array(z.string()).min(1)
const budget = strict({
  label: text,
  most: z.number().optional(),
  currency: z.string().optional(),
  grant: z.string().optional(),
})
/** All but the steps, which are read one by one. */
export const procedureHead = strict({
  procedure: wideId,
  version: z.int().min(1),
  title: text,
  help: text.optional(),
  source: z.string(),
  subject: z.enum(['case', 'arrival']).default('case'),
  stage: z.enum(STAGES),
  at: z.string(),
  begins: names,
  set: z.record(z.string(), scalar).optional(),
  inputs: fields.optional(),
  visible_to: names.optional(),
  hidden_from: z.string().optional(),
  read_by: names.optional(),
  requires: names.optional(),
  stops_without: z.string().optional(),
  restricted: nameId.optional(),
  escalation: oneOrMany.optional(),
  budgets: z.record(nameId, budget).optional(),
  ends: z.array(z.string()).optional(),
  steps: z.array(z.unknown()).min(1),
})
/** A procedure as it is spelled, with every text: for the API, the console and documents. */
export type ProcedureDocument = Omit<z.infer<typeof procedureHead>, 'steps'> & { steps: StepText[] }

/** The document, or null when its shape is wrong (which is reported). */
export function readProcedure(value: unknown, report: Report): ProcedureDocument | null {
  const parsed = procedureHead.safeParse(value)
  if (!parsed.success) reportIssues(parsed.error.issues, value, report)
  const list = typeof value === 'object' && value !== null && 'steps' in value ? value.steps : null
  let whole = parsed.success
  const steps: StepText[] = []
  for (const [index, raw] of (Array.isArray(list) ? list : []).entries()) {
    const isStart = typeof raw === 'object' && raw !== null && Reflect.get(raw, 'kind') === 'start'
    const step = (isStart ? startStep : workStep).safeParse(raw)
    if (step.success) steps.push(step.data)
    else {
      whole = false
      reportIssues(step.error.issues, raw, report, ['steps', index])
    }
  }
  return parsed.success && whole ? { ...parsed.data, steps } : null
}
