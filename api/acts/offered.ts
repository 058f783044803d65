/** What a viewer is offered: the table of acts, filtered by the rule that decides; and what not now, why, and who could. */

import type { z } from '@hono/zod-openapi'
import { mayAct } from '../../cases/acts/table.ts'
import { extensionOf } from '../../cases/extension.ts'
import { spokenClock } from '../../cases/overview.ts'
import type { Work } from '../../cases/progress/draft.ts'
import { isRefusal } from '../../cases/why-not.ts'
import type { World } from '../../cases/world.ts'
import type { LoadedCase } from '../case/load-case.ts'
import type { Deps } from '../context/deps.ts'
import type { NotNow as NotOffered, OfferedAct } from '../openapi/offered-acts.ts'
import { named } from '../texts/names.ts'
import type { ActDefinition, Grounds } from './act.ts'
import { withPublished } from './rehearse.ts'
import { CASE_ACTS } from './table.ts'

export type Permitted = z.infer<typeof OfferedAct>
export type NotNow = z.infer<typeof NotOffered>
interface Offered {
  actions: Permitted[]
  not_now: NotNow[]
}
const DRAFT = { fr: 'Garder pour plus tard', en: 'Keep for later' }
const NOTHING: Offered = { actions: [], not_now: [] }

const baseOf = ({ state, number }: LoadedCase): string =>
  `/api/v1/${state.subject === 'arrival' ? 'arrivals' : 'cases'}/${number}`

/** One act of the table on one thing of the case; `world` has the procedures that could begin. */
const offerOn = <On extends keyof Grounds>(
  loaded: LoadedCase,
  world: World,
  definition: ActDefinition,
  on: On,
  at: Grounds[On],
): Offered => {
  const { name, on: offers } = definition
  const offer = offers[on]
  if (offer === undefined || offer.unless?.(at, loaded)) return NOTHING
  const { state, session, language } = loaded
  const label = (offer.label?.(at, loaded) ?? definition.label)[language]
  const may = mayAct(name, { state, world, action: { by: session.principal }, act: offer.points(at) })
  if (!isRefusal(may)) {
    const limits = offer.limits?.(at, loaded)
    const href = `${baseOf(loaded)}/actions/${name}`
    const filled = { body: offer.body(at, loaded), fill: offer.fill(at), ...(limits && { limits }) }
    return { actions: [{ act: name, label, method: 'POST', href, ...filled }], not_now: [] }
  }
  const reason = offer.notNow?.(may, at, loaded)
  if (reason === undefined) return NOTHING
  const labels = loaded.labelsOf(state)
  const who = reason.who.map(({ role, place }) => ({
    role: named(role, labels.role),
    place: place === null ? null : named(place, labels.place),
  }))
  return { actions: [], not_now: [{ act: name, label, why: reason.why, who }] }
}

const joined = (parts: Offered[]): Offered => ({
  actions: parts.flatMap((one) => one.actions),
  not_now: parts.flatMap((one) => one.not_now),
})

/** Of a step that is open. */
export const offeredOnItem = (loaded: LoadedCase, work: Work): Offered => {
  const spoken = spokenClock(loaded.state.clocks, work.item)
  const rule = spoken && extensionOf(work, spoken[1])
  const acts = CASE_ACTS.map((definition) => [
    offerOn(loaded, loaded.world, definition, 'item', { work }),
    spoken && rule
      ? offerOn(loaded, loaded.world, definition, 'clock', { work, id: spoken[0], clock: spoken[1], rule })
      : NOTHING,
  ])
  const [first = [], ...others] = acts
  const draft: Permitted = {
    act: 'save_draft',
    label: DRAFT[loaded.language],
    method: 'PUT',
    href: `/api/v1/work/${loaded.number}.${work.item}/draft`,
    body: {},
    fill: ['answers', 'evidence'],
  }
  // Keeping it for later stands beside completing it, which is first in the table.
  return joined([...first, { actions: [draft], not_now: [] }, ...others.flat()])
}

/** Of a step that has ended in its present round. */
export const offeredOnEnded = (loaded: LoadedCase, work: Work): Permitted[] =>
  work.step.status !== 'done' || work.round !== work.step.round
    ? []
    : joined(CASE_ACTS.map((one) => offerOn(loaded, loaded.world, one, 'ended item', { work }))).actions

/** Of the case as a whole, beside its steps. */
export const offeredOnCase = async (deps: Deps, loaded: LoadedCase): Promise<Permitted[]> => {
  const documents = Object.values(deps.country.procedures)
  const published = await deps.newest(documents.map(({ procedure }) => procedure))
  const world = withPublished(loaded.world, published)
  const consents = Object.values(loaded.seen.consents)
  const offers = CASE_ACTS.flatMap((one) => [
    offerOn(loaded, world, one, 'case', {}),
    ...documents.map((document) => offerOn(loaded, world, one, 'procedure', { document })),
    ...consents.map((consent) => offerOn(loaded, world, one, 'consent', { id: consent.id, consent })),
  ])
  return joined(offers).actions
}
