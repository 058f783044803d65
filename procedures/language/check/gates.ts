import { readCondition } from '../conditions/read.ts'
import type { Read } from '../conditions/read.ts'
import { caseNames, scopeOf } from '../conditions/scope.ts'
import type { Country } from '../country.ts'
import type { Report } from '../problem.ts'

/** Checks the condition of every gate; they read facts and consents only. Returns what each reads. */
export function checkGates(country: Country, report: Report): Record<string, Read[]> {
  const scope = scopeOf(caseNames(country))
  return Object.fromEntries(
    Object.entries(country.gates).map(([id, gate]) => {
      const { reads, issues, type } = readCondition(scope, gate.open)
      const path = ['gates', id, 'open']
      for (const issue of issues) report(issue.code, path, issue.message, issue.offset)
      if (issues.length === 0 && type !== null && type !== 'bool' && type !== 'dyn')
        report('condition', path, `A condition is true or false, and this is a ${type}.`)
      return [id, reads]
    }),
  )
}
