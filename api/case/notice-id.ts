/** The public id of a notice: keyed, so that nothing of its row can be guessed from it. */

import { shortDigest } from '../../cases/chain.ts'
import type { ClockId } from '../../cases/events.ts'
import { rungKey } from '../../cases/outbox.ts'
import type { LoadedCase } from './load-case.ts'

type Keyed = Pick<LoadedCase, 'caseId' | 'commitmentKey'>

export const noticeId = ({ commitmentKey }: Keyed, key: string): string => `ntc-${shortDigest([commitmentKey, key])}`

/** The notice that went out with a rung. */
export const noticeOfRung = (loaded: Keyed, clock: ClockId, rung: { mark: string; to: string }): string =>
  noticeId(loaded, rungKey(loaded.caseId, clock, rung))
