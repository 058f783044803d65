/** Used, not only imported, so that the bundler keeps them: shared by all cached cases of a worker. */

import { shortDigest } from '../cases/chain.ts'
import { evaluated } from '../cases/conditions.ts'
import { oneCopy } from './one-copy.ts'

export const warm = [shortDigest('warm'), evaluated('1 == 1', {}), oneCopy]
