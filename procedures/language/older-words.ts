/** What runs under an older version is still told in words: its steps, outcomes and fields that the newest has no more. */

import type { Country } from './country.ts'
import type { FieldText } from './shapes/field.ts'
import type { ProcedureDocument } from './shapes/procedure.ts'
import { isWork, type StepText, type WorkText } from './shapes/step.ts'

/** For labels only: where both have a word, the newest version's stands. Published documents, newest first. */
export function withOlderWords(country: Country, published: ProcedureDocument[]): Country {
  const procedures = Object.fromEntries(
    Object.entries(country.procedures).map(([id, document]) => {
      const older = published.filter((one) => one.procedure === id && one.version !== document.version)
      return [id, older.reduce(joined, document)]
    }),
  )
  return { ...country, procedures }
}

function joined(newer: ProcedureDocument, older: ProcedureDocument): ProcedureDocument {
  const known = new Map(older.steps.map((step) => [step.id, step]))
  const gone = older.steps.filter((step) => !newer.steps.some((one) => one.id === step.id))
  const inputs = joinedFields(newer.inputs, older.inputs)
  const budgets = newer.budgets || older.budgets ? { ...older.budgets, ...newer.budgets } : undefined
  return {
    ...newer,
    ...(inputs && { inputs }),
    ...(budgets && { budgets }),
    steps: [...newer.steps.map((step) => joinedStep(step, known.get(step.id))), ...gone],
  }
}

function joinedStep(newer: StepText, older: StepText | undefined): StepText {
  if (!older || !isWork(newer) || !isWork(older)) return newer
  const form = joinedFields(newer.form, older.form)
  const step: WorkText = { ...newer, outcomes: { ...older.outcomes, ...newer.outcomes } }
  return {
    ...step,
    ...(form && { form }),
    ...((newer.evidence || older.evidence) && { evidence: { ...older.evidence, ...newer.evidence } }),
  }
}

type Fields = Record<string, FieldText> | undefined
function joinedFields(newer: Fields, older: Fields): Fields {
  if (!newer || !older) return newer ?? older
  const both = Object.entries(newer).map(([id, field]) => {
    const options = older[id]?.options && field.options ? { ...older[id].options, ...field.options } : field.options
    return [id, options ? { ...field, options } : field] as const
  })
  return { ...older, ...Object.fromEntries(both) }
}
