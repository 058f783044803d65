/** What stands behind a partner's link now: the one open step that this partner can answer, or nothing any more. */

import { fold } from '../../cases/evolve/index.ts'
import { liveItems, type Work, workOf } from '../../cases/progress/draft.ts'
import type { CaseState, StepState } from '../../cases/state.ts'
import { whyNot } from '../../cases/why-not.ts'
import type { World } from '../../cases/world.ts'
import type { Line } from '../../console/partner-page.tsx'
import { commitmentKeyOf } from '../../database/case-keys.ts'
import { loadLedger } from '../../database/ledger.ts'
import { caseById } from '../../database/queries/one-case.ts'
import { partnerLinkBySecret } from '../../database/queries/partner-links.ts'
import { partnerById } from '../../database/queries/partners.ts'
import { withProceduresFrom } from '../case/load-case.ts'
import { labelsFrom, type CaseLabels } from '../case/labels.ts'
import type { Deps, Language } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import { lineOf } from './line.ts'

export interface LoadedLink {
  caseId: string
  run: string
  number: string
  partner: { id: string; name: string }
  state: CaseState
  world: World
  language: Language
  commitmentKey: string
  labelsOf: (state: CaseState | null) => CaseLabels
  /** The telephone of those who ask, and their place. */
  call: Line | null
  /** null when nothing is asked of this partner at the moment. */
  work: Work | null
}

/** Throws `link_ended` for a link that was never made, has ended, or leads into a run that has, or is restricted. */
export async function loadLink(deps: Deps, token: string, language: Language): Promise<LoadedLink> {
  const { settings, now } = await deps.present()
  const link = await partnerLinkBySecret(deps.sql, token, new Date(now).toISOString().slice(0, 10))
  const ref = link && (await caseById(deps.sql, link.caseId))
  const partner = link && (await partnerById(deps.sql, link.partner))
  if (!link || !ref || !partner || ref.status !== 'open') throw problem('link_ended')
  const [ledger, names, commitmentKey] = await Promise.all([
    loadLedger(deps.sql, deps.ring, link.caseId),
    deps.names(),
    commitmentKeyOf(deps.sql, deps.ring, link.caseId),
  ])
  const state = fold(link.caseId, ledger?.entries ?? [])
  const run = state.runs[link.run]
  if (run?.status !== 'open' || run.visibleTo !== null) throw problem('link_ended')
  const world = await withProceduresFrom(deps)(state, { settings, now, shelf: {}, published: {} })
  const [latest] = stepsAsking(state, link.run)
  return {
    caseId: link.caseId,
    run: link.run,
    number: ref.number,
    partner: { id: partner.id, name: partner.name },
    state,
    world,
    language,
    commitmentKey,
    labelsOf: (of) => labelsFrom({ country: deps.country, names, language, self: '', state: of }),
    call: lineOf(deps, settings.places, latest?.place ?? null, language),
    work: askedNow(state, world, link.run, link.partner),
  }
}

/** Steps that were ever asked of a partner, the latest first. */
const stepsAsking = (state: CaseState, run: string): StepState[] =>
  Object.values(state.runs[run]?.steps ?? {})
    .filter((step) => partnersOf(step.roles).length > 0)
    .toSorted((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0))

/** null when nothing is asked at present; throws `link_ended` once another partner was asked, or consent is gone. */
function askedNow(state: CaseState, world: World, run: string, partner: string): Work | null {
  const [latest] = stepsAsking(state, run)
  if (latest && !partnersOf(latest.roles).includes(partner)) throw problem('link_ended')
  const live = liveItems(state).find(
    ({ runId, step }) => runId === run && step.status === 'open' && partnersOf(step.roles).includes(partner),
  )
  const work = live ? workOf(state, world, live.item) : null
  const refusal = work && whyNot(state, work, { kind: 'partner', partner }, world)
  if (refusal?.code === 'gate_closed') throw problem('link_ended')
  return refusal ? null : work
}

const partnersOf = (roles: StepState['roles']): string[] =>
  (roles ?? []).flatMap((one) => ('partner' in one ? [one.partner] : []))
