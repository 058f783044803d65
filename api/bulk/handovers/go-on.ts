import { addDays, startOf } from '../../../cases/clocks/civil.ts'
import type { Handover } from '../../../database/queries/handovers.ts'
import type { Settings } from '../../../procedures/language/settings.ts'
import type { HandoverInput } from '../../../workflows/messages.ts'
import type { Deps } from '../../context/deps.ts'
import { startOnce } from '../start-once.ts'

/** Begins what has not come to its end, also a return that is awaited; whatever runs goes on as it is. */
export const goOn = async (
  deps: Pick<Deps, 'temporal'>,
  { offsetMs }: Pick<Settings, 'offsetMs'>,
  { id, starts, until, finished }: Handover,
): Promise<void> => {
  if (finished !== null) return
  const returns = until === null ? null : startOf(addDays(until, 1))
  const input: HandoverInput = { handover: id, begins: startOf(starts), returns, offsetMs }
  await startOnce(deps, 'handoverWorkflow', id, input)
}
