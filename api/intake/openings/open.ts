/** Opens a case or an arrival: rehearsed first, then its row and keys, then workflow and first act in one call. */

import type { Action } from '../../../cases/actions.ts'
import { circumstances } from '../../../cases/circumstances.ts'
import { commitmentKeyOf } from '../../../database/case-keys.ts'
import { openCaseRow } from '../../../database/ledger.ts'
import { readInstallation } from '../../../database/queries/installation.ts'
import { caseById, receiptOf } from '../../../database/queries/one-case.ts'
import type { CompiledProcedure } from '../../../procedures/language/compiled.ts'
import { nearest } from '../../../procedures/language/nearest.ts'
import type { CaseInput } from '../../../workflows/messages.ts'
import { begunAt, type CommonBody } from '../../acts/act.ts'
import { recordedBody } from '../../acts/answer-body.ts'
import { type CaseAtHand, caseAtHand } from '../../case/load-case.ts'
import { checkNamed } from '../../acts/check-named.ts'
import { telephonesHere } from '../../acts/training-telephones.ts'
import { actionId, contentDigest } from '../../case/idempotency.ts'
import { type Given, type MakingResult, startMaking } from '../../acts/read-body.ts'
import { refused } from '../../acts/gather-refusal.ts'
import { rehearse } from '../../acts/rehearse.ts'
import type { ActionBody } from '../../acts/schema.ts'
import { sealSecrets } from '../../acts/seal.ts'
import { mustStillBeAllowed } from '../../acts/authorise-replay.ts'
import { ANSWER_WITHIN_MS, type Sent, sendStarting, spreadMs } from '../../acts/send.ts'
import type { Deps } from '../../context/deps.ts'
import { problem } from '../../problems/problem.ts'
import { keepWho } from '../unopened-case.ts'

const NOT_AFTER_MS = 60_000
const NUMBER_TRIES = 20

export interface Opening {
  subject: 'case' | 'arrival'
  procedure: CompiledProcedure
  place: string
  given: Given
  /** The request as it came, for its digest and for when it happened. */
  content: CommonBody
  /** A number that may still be free; asked again when it is not. */
  numberFor: (attempt: number) => Promise<string>
}
export interface Opened {
  number: string
  body: ActionBody
  replayed: boolean
}

const actionFor = (
  deps: Deps,
  hand: CaseAtHand,
  opening: Opening,
  key: string,
): { action: Action; made: MakingResult } => {
  const { procedure, subject, place, content } = opening
  const { world } = hand
  const happened = begunAt(content, world.now)
  const published = (id: string) => (id === procedure.id ? procedure : null)
  const { commitmentKey, number } = hand
  const { making, result } = startMaking({
    state: null,
    shelf: world.shelf,
    now: circumstances(world, happened),
    published,
    commitmentKey,
    telephones: telephonesHere(deps),
  })
  const inputs = making.inputs(procedure.id, opening.given)
  const action: Action = {
    id: actionId(deps.idKey, hand.session.user, 'open_case', hand.caseId, key),
    digest: contentDigest(deps.idKey, 'open_case', { ...content }),
    by: hand.session.principal,
    via: content.via ?? 'app',
    happened,
    received: world.now,
    notAfter: deps.realNow() + NOT_AFTER_MS,
    act: { act: 'open_case', subject, number, procedure: procedure.id, place, ...inputs },
  }
  return { action, made: result }
}

/** The row with its number and keys; a repeat finds its own row again. */
const claimRow = async (deps: Deps, hand: CaseAtHand, opening: Opening): Promise<CaseAtHand> => {
  const { caseId } = hand
  const { subject } = opening
  let number = (await caseById(deps.sql, caseId))?.number ?? null
  for (let attempt = 0; number === null && attempt < NUMBER_TRIES; attempt++) {
    const free = await opening.numberFor(attempt)
    if (await openCaseRow(deps.sql, deps.ring, { caseId, number: free, subject, arrival: null })) number = free
    else number = (await caseById(deps.sql, caseId))?.number ?? null
  }
  if (number === null) throw problem('unknown')
  return { ...hand, number, commitmentKey: await commitmentKeyOf(deps.sql, deps.ring, caseId) }
}

/** Throws the refusal that the opening would meet. */
const rehearseOpening = async (deps: Deps, hand: CaseAtHand, opening: Opening, key: string): Promise<void> => {
  const { action, made } = actionFor(deps, hand, opening, key)
  const { places } = hand.world.settings
  const near = nearest(opening.place, Object.keys(places))
  const unknown = { pointer: '/place', code: 'unknown_place' as const, ...(near === null ? {} : { nearest: near }) }
  if (!Object.hasOwn(places, opening.place))
    throw await refused(deps, hand, { item: null, procedure: null, draft: null }, null, [unknown])
  const about = { item: null, procedure: opening.procedure.id, draft: null }
  const errors = [...made.errors, ...(await checkNamed(deps, { ...hand, by: action.by }, action.act, made))]
  const rehearsal = await rehearse(hand.state, action, hand.world, deps.newest)
  if (rehearsal.kind === 'refused') throw await refused(deps, hand, about, rehearsal.refusal, errors)
  if (errors.length > 0) throw await refused(deps, hand, about, null, errors)
}

const send = async (deps: Deps, hand: CaseAtHand, action: Action): Promise<Sent> => {
  const installation = await readInstallation(deps.sql)
  const { caseId, head, commitmentKey, world } = hand
  const input: CaseInput = {
    caseId,
    engine: installation?.engine ?? 1,
    incarnation: 1,
    commitmentKey,
    settings: world.settings,
    state: null,
    head,
    shelf: {},
    spreadMs: spreadMs(deps),
  }
  return sendStarting(deps, input, action, ANSWER_WITHIN_MS)
}

/** The same key again gives the same case. Throws problems. */
export const open = async (deps: Deps, hand: CaseAtHand, opening: Opening, key: string): Promise<Opened> => {
  const { action } = actionFor(deps, hand, opening, key)
  const receipt = await receiptOf(deps.sql, hand.caseId, action.id)
  if (receipt !== undefined) {
    const { session, language } = hand
    const number = (await caseById(deps.sql, hand.caseId))?.number ?? ''
    const opened = await caseAtHand(deps, session, language, number)
    const about = { item: null, procedure: opening.procedure.id, draft: null }
    await mustStillBeAllowed(deps, opened, about, action, receipt.fromSeq)
    return { number, body: await recordedBody(deps, opened, action, key, receipt), replayed: true }
  }
  await rehearseOpening(deps, hand, opening, key)
  const claimed = await claimRow(deps, hand, opening)
  const final = actionFor(deps, claimed, opening, key)
  await sealSecrets(deps, { ...claimed, actionId: action.id, state: null }, final.made.secrets)
  if (opening.subject === 'case') await keepWho(deps, claimed.caseId, opening.given.answers)
  const sent = await send(deps, claimed, final.action)
  switch (sent.kind) {
    case 'recorded':
      return {
        number: claimed.number,
        body: await recordedBody(deps, claimed, final.action, key, sent.answer),
        replayed: sent.answer.replayed,
      }
    case 'refused':
      throw await refused(deps, claimed, { item: null, procedure: opening.procedure.id, draft: null }, sent.refusal, [])
    case 'accepted':
    case 'late':
      throw problem('not_accepted_in_time')
    case 'stopped':
    case 'gone':
      throw problem('record_stopped')
  }
}
