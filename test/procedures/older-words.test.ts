/** Whoever works under an older version reads its words, though the newest has others. */

import { expect, it } from 'vitest'
import { loadCountry, type ProcedureDocument, withOlderWords } from '../../procedures/language/index.ts'
import type { WorkText } from '../../procedures/language/shapes/step.ts'
import { COUNTRY } from './copy.ts'

const WORD = { fr: 'Ancien', en: 'Old' }
async function trial() {
  const { country } = await loadCountry(COUNTRY)
  if (!country) throw new Error('the trial country has problems')
  const [newest] = Object.values(country.procedures)
  if (!newest) throw new Error('no procedure')
  const [step] = newest.steps
  return { country, newest: { ...newest, version: 2 }, step: step as WorkText }
}
const wordsOf = async (change: (step: WorkText) => Partial<ProcedureDocument>) => {
  const { country, newest, step } = await trial()
  const older = { ...newest, version: 1, ...change(step) }
  const now = { ...country, procedures: { ...country.procedures, [newest.procedure]: newest } }
  const told = withOlderWords(now, [newest, older]).procedures[newest.procedure]
  return { told, newest, step }
}

it('keeps a step that was taken out, after those that are', async () => {
  const { told, newest, step } = await wordsOf((one) => ({ steps: [{ ...one, id: 'gone', title: WORD }] }))
  expect(told?.steps).toHaveLength(newest.steps.length + 1)
  expect(told?.steps.at(-1)).toMatchObject({ id: 'gone', title: WORD })
  expect(told?.steps[0]).toMatchObject({ id: step.id, title: step.title })
})

it('keeps outcomes, fields and evidence that were taken out of a step, and says what both have as the newest does', async () => {
  const { told, step } = await wordsOf((one) => ({
    steps: [
      {
        ...one,
        title: WORD,
        outcomes: { ...one.outcomes, gone: { label: WORD } },
        form: { ...one.form, gone: { type: 'text', label: WORD } as NonNullable<WorkText['form']>[string] },
        evidence: { gone: { label: WORD } as NonNullable<WorkText['evidence']>[string] },
      },
    ],
  }))
  const now = told?.steps[0] as WorkText
  expect(now.title).toEqual(step.title)
  expect(now.outcomes['gone']?.label).toEqual(WORD)
  expect(now.form?.['gone']?.label).toEqual(WORD)
  expect(now.evidence?.['gone']?.label).toEqual(WORD)
  for (const [id, one] of Object.entries(step.outcomes)) expect(now.outcomes[id]).toEqual(one)
})

it('changes nothing where one version is all there is', async () => {
  const { country, newest } = await trial()
  expect(withOlderWords(country, [{ ...newest, version: 1 }])).toEqual(country)
})
