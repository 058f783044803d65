import type { Run } from './state.ts'

/** What `step.field` or `input.field` holds in a run; undefined when nobody has answered it. */
export function fieldValue(path: string, run: Run): unknown {
  const [step = '', field = ''] = path.split('.')
  return step === 'input' ? run.inputs[field] : run.steps[step]?.answers?.[field]
}

/** Whom the run is hidden from, whatever they hold; null when there is nobody, or nobody is known yet. */
export function hiddenUser(run: Run): string | null {
  const named = run.hiddenFrom === null ? null : fieldValue(run.hiddenFrom, run)
  return typeof named === 'string' ? named : null
}
