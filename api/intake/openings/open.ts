/** Opens a case or an arrival: rehearsed first, then its row and keys, then workflow and first act in one call. */

import type { Action } from '../../../cases/actions.ts'
import { circumstances } from '../../../cases/circumstances.ts'
import { commitmentKeyOf } from '../../../database/case-keys.ts'
import { openCaseRow } from '../../../database/ledger.ts'
import { readInstallation } from '../../../database/queries/installation.ts'
import { caseById } from '../../../database/queries/one-case.ts'
import type { CompiledProcedure } from '../../../procedures/language/compiled.ts'
import { nearest } from '../../../procedures/language/nearest.ts'
import type { CaseInput } from '../../../workflows/messages.ts'
import { begunAt, type CommonBody } from '../../acts/act.ts'
import { recordedBody } from '../../acts/answer-body.ts'
import { type LoadedCase, loadCase } from '../../case/load-case.ts'
import { checkNamed } from '../../acts/check-named.ts'
import { telephonesHere } from '../../acts/training-telephones.ts'
import { type Given, type BodyFindings, bodyReader } from '../../acts/read-body.ts'
import { gatherRefusal } from '../../acts/gather-refusal.ts'
import { newAction } from '../../acts/new-action.ts'
import { performAct } from '../../acts/perform-act.ts'
import type { ActionBody } from '../../acts/schema.ts'
import { sealSecrets } from '../../acts/seal.ts'
import { authoriseReplay } from '../../acts/authorise-replay.ts'
import { ANSWER_WITHIN_MS, type Sent, sendStarting, spreadMs } from '../../acts/send.ts'
import type { Deps } from '../../context/deps.ts'
import { problem } from '../../problems/problem.ts'
import { keepWho } from '../unopened-case.ts'

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
  loaded: LoadedCase,
  opening: Opening,
  key: string,
): { action: Action; made: BodyFindings } => {
  const { procedure, subject, place, content } = opening
  const { world } = loaded
  const happened = begunAt(content, world.now)
  const published = (id: string) => (id === procedure.id ? procedure : null)
  const { commitmentKey, number } = loaded
  const { reader, result } = bodyReader({
    state: null,
    shelf: world.shelf,
    now: circumstances(world, happened),
    published,
    commitmentKey,
    telephones: telephonesHere(deps),
  })
  const inputs = reader.inputs(procedure.id, opening.given)
  const act = { act: 'open_case' as const, subject, number, procedure: procedure.id, place, ...inputs }
  const sender = { ...loaded, now: world.now }
  return {
    action: newAction(deps, sender, act, { key, content, happened, via: content.via ?? 'app' }),
    made: result,
  }
}

/** The row with its number and keys; a repeat finds its own row again. */
const claimRow = async (deps: Deps, loaded: LoadedCase, opening: Opening): Promise<LoadedCase> => {
  const { caseId } = loaded
  const { subject } = opening
  let number = (await caseById(deps.sql, caseId))?.number ?? null
  for (let attempt = 0; number === null && attempt < NUMBER_TRIES; attempt++) {
    const free = await opening.numberFor(attempt)
    if (await openCaseRow(deps.sql, deps.ring, { caseId, number: free, subject, arrival: null })) number = free
    else number = (await caseById(deps.sql, caseId))?.number ?? null
  }
  if (number === null) throw problem('unknown')
  return { ...loaded, number, commitmentKey: await commitmentKeyOf(deps.sql, deps.ring, caseId) }
}

/** A place that the country does not have, before anything else; then what is wrong with the answers. */
const wrongIn = async (deps: Deps, loaded: LoadedCase, opening: Opening, action: Action, made: BodyFindings) => {
  const { places } = loaded.world.settings
  const near = nearest(opening.place, Object.keys(places))
  const unknown = { pointer: '/place', code: 'unknown_place' as const, ...(near === null ? {} : { nearest: near }) }
  if (!Object.hasOwn(places, opening.place))
    throw await gatherRefusal(deps, loaded, { item: null, procedure: null, draft: null }, null, [unknown])
  return [...made.errors, ...(await checkNamed(deps, { ...loaded, by: action.by }, action.act, made))]
}

const send = async (deps: Deps, loaded: LoadedCase, action: Action): Promise<Sent> => {
  const installation = await readInstallation(deps.sql)
  const { caseId, head, commitmentKey, world } = loaded
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
export const open = async (deps: Deps, loaded: LoadedCase, opening: Opening, key: string): Promise<Opened> => {
  const { action, made } = actionFor(deps, loaded, opening, key)
  const about = { item: null, procedure: opening.procedure.id, draft: null }
  return performAct<Opened>(deps, {
    at: loaded,
    action,
    known: async (receipt) => {
      const { session, language } = loaded
      const number = (await caseById(deps.sql, loaded.caseId))?.number ?? ''
      const opened = await loadCase(deps, session, language, number)
      await authoriseReplay(deps, opened, about, action, receipt.fromSeq)
      return { number, body: await recordedBody(deps, opened, action, key, receipt), replayed: true }
    },
    wrong: () => wrongIn(deps, loaded, opening, action, made),
    refused: async (refusal, errors) => {
      throw await gatherRefusal(deps, loaded, about, refusal, errors)
    },
    preview: null,
    seal: async () => {
      const claimed = await claimRow(deps, loaded, opening)
      const final = actionFor(deps, claimed, opening, key)
      await sealSecrets(deps, { ...claimed, actionId: action.id, state: null }, final.made.secrets)
      if (opening.subject === 'case') await keepWho(deps, claimed.caseId, opening.given.answers)
      const { number } = claimed
      return {
        send: () => send(deps, claimed, final.action),
        recorded: async (answer) => {
          const body = await recordedBody(deps, claimed, final.action, key, answer)
          return { number, body, replayed: answer.replayed }
        },
        accepted: null,
        refused: async (refusal) => {
          throw await gatherRefusal(deps, claimed, about, refusal, [])
        },
      }
    },
  })
}
