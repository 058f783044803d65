/** A worker says in its name which engines it knows, so that whoever raises the engine can ask all that poll. */

import { NEWEST_ENGINE } from '../cases/engines.ts'

export const workerIdentity = (name: string, knows = NEWEST_ENGINE): string => `${name} engine-${knows}`

/** The newest engine that the worker of this name knows; those that said nothing know the first. */
export const engineOf = (identity: string): number => Number(/ engine-(\d+)$/.exec(identity)?.[1] ?? 1)
