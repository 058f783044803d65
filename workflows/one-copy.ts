/**
 * Cases that follow the same procedure carry the same text of it: a worker keeps one copy for all that it has in its
 * cache. Found by the hash of its content and frozen, so that no case can tell, and none can change it for another.
 */

import type { CompiledProcedure } from '../procedures/language/compiled.ts'

const copies = new Map<string, CompiledProcedure>()

export function oneCopy(procedure: CompiledProcedure): CompiledProcedure {
  const known = copies.get(procedure.hash)
  if (known) return known
  copies.set(procedure.hash, frozen(procedure))
  return procedure
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}
