import { supervises } from '../../cases/who-may.ts'
import { correctingRole } from '../../cases/who-may.ts'
import type { Work } from '../../cases/progress/draft.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { Permitted } from './offered-on-item.ts'

const WORDS = {
  fr: { correct: 'Corriger ce qui a été saisi', reopen: 'Faire refaire cette étape' },
  en: { correct: 'Correct what was entered', reopen: 'Have this step done again' },
} as const

/** What the viewer may do with a step that has ended. */
export function actsOnEnded(loaded: LoadedCase, work: Work): Permitted[] {
  const { number, language, world, seen } = loaded
  if (work.step.status !== 'done' || work.round !== work.step.round) return []
  const standing = { world, action: { by: loaded.session.principal } }
  const base = seen.subject === 'arrival' ? `/api/v1/arrivals/${number}` : `/api/v1/cases/${number}`
  const act = (name: string, label: string, fill: string[]): Permitted => ({
    act: name,
    label,
    method: 'POST',
    href: `${base}/actions/${name}`,
    body: { step: `${number}.${work.item}` },
    fill,
  })
  const corrects = work.rule.form.length > 0 && correctingRole(standing, seen, work) !== null
  const again = seen.status === 'open' && work.run.status === 'open'
  const reopens = again && supervises(standing, work.step.place ?? null) !== null
  return [
    ...(corrects ? [act('correct_answer', WORDS[language].correct, ['answers', 'reason'])] : []),
    ...(reopens ? [act('reopen_step', WORDS[language].reopen, ['within', 'reason'])] : []),
  ]
}
