import { upFrom } from '../../../cases/places.ts'
import { holdersOf } from '../../../database/queries/staff.ts'
import type { LoadedCase } from '../../case/load-case.ts'
import type { Deps } from '../../context/deps.ts'
import type { Named } from '../../texts/names.ts'
import type { NotNow } from '../../acts/offered.ts'

/** The same, with the people who hold each role there today. */
export async function withPeople(deps: Deps, { world }: LoadedCase, all: NotNow[]) {
  const today = new Date(world.now).toISOString().slice(0, 10)
  const people = async (role: Named, place: Named | null | undefined): Promise<Named[]> => {
    if (!place) return []
    const holders = await holdersOf(deps.sql, role.id, upFrom(place.id, world.settings.places), today)
    return holders.map(({ id, name }) => ({ id, label: name }))
  }
  return Promise.all(
    all.map(async (one) => ({
      ...one,
      who: await Promise.all(one.who.map(async (who) => ({ ...who, people: await people(who.role, who.place) }))),
    })),
  )
}
