/** Everything that is checked once every file has its shape. */

import type { Country } from '../country.ts'
import { parseProcedure } from '../parse/procedure.ts'
import type { Report } from '../problem.ts'
import { checkBackTo } from './back-to.ts'
import { checkBatches } from './batches.ts'
import { studyOf } from './conditions.ts'
import { checkDisclosures } from './disclosures.ts'
import { checkEnds } from './ends.ts'
import { checkGates } from './gates.ts'
import { checkHolds } from './holds.ts'
import { checkLabels } from './labels.ts'
import { checkLapses } from './lapses.ts'
import { checkPowers } from './powers.ts'
import { checkProtection } from './protection.ts'
import { checkReach } from './reach.ts'
import { checkReopened } from './reopened.ts'
import { checkStarts } from './starts.ts'
import type { Study } from './study.ts'
import { checkHiddenHolds, checkVisible } from './visible.ts'

/** Procedure id → how many nodes its proofs enumerated. */
export type Nodes = Record<string, number>

/** Proofs are only asked of procedures whose clauses and names are all right, so that one mistake is told once. */
export function checkCountry(
  country: Country,
  ids: readonly string[],
  gates: Report,
  reportOf: (id: string) => Report,
): Nodes {
  const gateReads = checkGates(country, gates)
  const nodes: Nodes = {}
  const studies: Study[] = []
  for (const document of Object.values(country.procedures)) {
    const counted = counting(reportOf(document.procedure))
    const context = { country, procedureIds: ids, document, report: counted.report }
    const study = studyOf(context, parseProcedure(context))
    checkStarts(study)
    if (counted.count() > 0) continue
    studies.push(study)
    nodes[document.procedure] = checkReach(study)
    checkEnds(study)
    checkPowers(study)
    checkBackTo(study)
    checkBatches(study)
    checkReopened(study)
    checkHolds(study)
    checkLabels(study, gateReads)
    checkVisible(study)
    checkProtection(study, gateReads)
    checkDisclosures(study, gateReads)
  }
  checkLapses(studies)
  checkHiddenHolds(studies)
  return nodes
}

function counting(report: Report): { report: Report; count: () => number } {
  let count = 0
  return {
    report: (...problem) => {
      count += 1
      report(...problem)
    },
    count: () => count,
  }
}
