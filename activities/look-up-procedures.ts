import { newestProcedures } from '../database/queries/procedures.ts'
import type { CompiledProcedure } from '../procedures/language/compiled.ts'
import type { Tools } from './tools.ts'

/** The newest published version of each procedure that a run wants to begin. */
export const lookUpProcedures =
  ({ sql }: Tools) =>
  async (ids: string[]): Promise<CompiledProcedure[]> => {
    const found = await newestProcedures(sql, ids)
    const missing = ids.filter((id) => !found.some((one) => one.id === id))
    // Retried until somebody publishes it: a case must not lose what its procedure promised.
    if (missing.length > 0) throw new Error(`not published: ${missing.join(', ')}`)
    return found
  }
