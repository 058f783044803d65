import { actSummary } from '../acts/table.ts'
import { SUMMARIES } from '../openapi/french.ts'

/** By `operationId`, an act on an arrival as the act on a case; undefined where nobody has put it into French. */
export const summaryInFrench = (id: string): string | undefined => {
  const onCase = id.replace(/OfArrival$/, '')
  return SUMMARIES[id] ?? actSummary(onCase)?.fr ?? SUMMARIES[onCase]
}
