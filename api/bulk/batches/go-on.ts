import type { Batch } from '../../../database/queries/batches.ts'
import type { BatchInput } from '../../../workflows/messages.ts'
import type { Deps } from '../../context/deps.ts'
import { startOnce } from '../start-once.ts'

/** Begins what has not come to its end; whatever runs goes on as it is. */
export const goOn = async (deps: Pick<Deps, 'temporal'>, { id, begun, lift }: Batch): Promise<void> => {
  const start = (workflow: string, way: BatchInput['way']) =>
    startOnce(deps, 'batchWorkflow', workflow, { batch: id, way })
  if (begun === null) await start(id, 'begin')
  if (lift !== null && lift.done === null) await start(lift.id, 'lift')
}
