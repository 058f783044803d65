/** What every route may ask of the installation: settings and business time, procedures, names, the id key. */

import { derivedKey, type KeyRing } from '../database/keys.ts'
import { newestHashes, proceduresByHash } from '../database/queries/procedures.ts'
import { userNames } from '../database/queries/named.ts'
import { newestSettings, newestSettingsVersion } from '../database/queries/settings.ts'
import type { CompiledProcedure } from '../procedures/language/compiled.ts'
import type { Settings } from '../procedures/language/settings.ts'
import type { ApiDoor, Deps, Present } from './context/deps.ts'
import { problem } from './problems/problem.ts'

export const idKeyFrom = (ring: KeyRing): Buffer => derivedKey(ring, 'segin action ids')

/** Asks the database for the version only, and for the settings when it has grown. */
const presentFrom = (door: ApiDoor): Pick<Deps, 'present' | 'lastPresent'> => {
  let known: Settings | null = null
  const at = (settings: Settings): Present => ({ settings, now: door.realNow() + settings.offsetMs })
  return {
    present: async () => {
      const version = await newestSettingsVersion(door.sql)
      if (known === null || version > known.version) known = await newestSettings(door.sql)
      if (known === null) throw problem('starting')
      return at(known)
    },
    lastPresent: () => (known === null ? null : at(known)),
  }
}

/** A published version never changes, so what was read by hash stays. */
const shelfFrom = (door: ApiDoor): Deps['byHash'] => {
  const shelf = new Map<string, CompiledProcedure>()
  return async (hashes) => {
    const missing = hashes.filter((hash) => !shelf.has(hash))
    if (missing.length > 0) for (const found of await proceduresByHash(door.sql, missing)) shelf.set(found.hash, found)
    return hashes.flatMap((hash) => shelf.get(hash) ?? [])
  }
}

const NAMES_FOR_MS = 5000
/** Staff change seldom; a name may be a few seconds old. */
const namesFrom = (door: ApiDoor): Deps['names'] => {
  let known: { names: Promise<Map<string, string>>; until: number } | null = null
  return () => {
    if (known !== null && door.realNow() <= known.until) return known.names
    const names = userNames(door.sql)
    known = { names, until: door.realNow() + NAMES_FOR_MS }
    names.catch(() => {
      known = null
    })
    return names
  }
}

export const depsFrom = (door: ApiDoor): Deps => {
  const byHash = shelfFrom(door)
  return {
    ...door,
    ...presentFrom(door),
    newest: async (ids) => byHash(await newestHashes(door.sql, ids)),
    byHash,
    names: namesFrom(door),
    idKey: idKeyFrom(door.ring),
  }
}
