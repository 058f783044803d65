/** The way in for an act on a case or an arrival that exists. */

import type { Act, Action } from '../../cases/actions.ts'
import { circumstances } from '../../cases/circumstances.ts'
import { openingRun } from '../../cases/opening-run.ts'
import { holdDocuments } from '../../database/queries/documents.ts'
import { deleteDraft } from '../../database/queries/drafts.ts'
import type { CaseInput } from '../../workflows/messages.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiContext, Deps } from '../context/deps.ts'
import { preferenceOf } from '../openapi/parameters.ts'
import { problem } from '../problems/problem.ts'
import { type ActDefinition, type CommonBody, happenedAt } from './act.ts'
import { acceptedBody, asPreferred, previewBody, recordedBody } from './answer-body.ts'
import { type LoadedCase, loadCase } from '../case/load-case.ts'
import { checkNamed } from './check-named.ts'
import { keyOf } from '../case/idempotency.ts'
import { newAction } from './new-action.ts'
import { performAct } from './perform-act.ts'
import { telephonesHere } from './training-telephones.ts'
import { type BodyReaderFrom, type BodyFindings, bodyReader } from './read-body.ts'
import { gatherRefusal, type RefusedAct } from './gather-refusal.ts'
import type { ActionBody } from './schema.ts'
import { sealSecrets } from './seal.ts'
import { authoriseReplay } from './authorise-replay.ts'
import { ANSWER_WITHIN_MS, type Sent, sendAct, sendActAsync, sendStarting, spreadMs } from './send.ts'

export interface AskedAct {
  subject: 'case' | 'arrival'
  /** Public number of the case or arrival. */
  number: string
  key: string | null
  prefer: string | undefined
  preview: boolean
  body: CommonBody
}
export interface Done {
  status: 200 | 202
  body: ActionBody
  headers: Record<string, string>
}

const actionOf = (
  deps: Deps,
  loaded: LoadedCase,
  definition: ActDefinition,
  body: CommonBody,
  key: string,
  published: BodyReaderFrom['published'],
): { action: Action; made: BodyFindings } => {
  const { commitmentKey, world } = loaded
  const happened = happenedAt(body, world.now)
  const { reader, result } = bodyReader({
    state: loaded.seen,
    shelf: world.shelf,
    now: circumstances(world, happened),
    commitmentKey,
    published,
    telephones: telephonesHere(deps),
  })
  const act = definition.make(body, reader)
  const sender = { ...loaded, now: world.now }
  const action = newAction(deps, sender, act, { key, content: body, happened, via: body.via ?? 'app' })
  return { action, made: result }
}

/** The procedure whose inputs an act fills. */
const formOwner = ({ state }: LoadedCase, act: Act): string | null => {
  if (act.act === 'begin_procedure') return act.procedure
  const run = act.act === 'correct_opening' ? openingRun(state) : null
  return run === null ? null : (state.runs[run]?.procedure.id ?? null)
}

const decisionSubjectOf = (loaded: LoadedCase, definition: ActDefinition, body: CommonBody, act: Act): RefusedAct => {
  const item = 'step' in act ? act.step : null
  const draft = definition.draftOf?.(body)
  return {
    item,
    basis: act.act === 'complete_step' ? act.basis : null,
    procedure: formOwner(loaded, act),
    given: { ...draft?.answers, ...('outcome' in act ? { outcome: act.outcome } : {}) },
    draft:
      draft === undefined
        ? null
        : { answers: draft.answers, absent: draft.absent ?? {}, evidence: draft.evidence ?? {} },
  }
}

/** Performs one act on a case or an arrival, or says what it would lead to. Throws problems. */
export const performOnCase = async (
  c: ApiContext,
  deps: Deps,
  definition: ActDefinition,
  asked: AskedAct,
): Promise<Done> => {
  const loaded = await loadCase(deps, sessionOf(c), c.var.language, asked.number)
  if (loaded.state.subject !== asked.subject) throw problem('not_found')
  const key = asked.preview ? 'preview' : keyOf(asked.key)
  const named = definition.procedureOf?.(asked.body)
  const [procedure] = named === undefined ? [] : await deps.newest([named])
  const { action, made } = actionOf(deps, loaded, definition, asked.body, key, (id) =>
    procedure?.id === id ? procedure : null,
  )
  const { minimal, async } = preferenceOf(asked.prefer)
  const about = decisionSubjectOf(loaded, definition, asked.body, action.act)
  const told = (body: ActionBody, replayed: boolean): Done => ({
    status: 200,
    ...asPreferred<Record<string, string>>(minimal, body, replayed ? { 'Idempotent-Replayed': 'true' } : {}),
  })
  return performAct<Done>(deps, {
    at: loaded,
    action,
    known: async (receipt) => {
      await authoriseReplay(deps, loaded, about, action, receipt.fromSeq)
      return told(await recordedBody(deps, loaded, action, key, receipt), true)
    },
    wrong: async () => [...(await checkNamed(deps, { ...loaded, by: action.by }, action.act, made)), ...made.errors],
    refused: async (refusal, errors) => {
      throw await gatherRefusal(deps, loaded, about, refusal, errors)
    },
    preview: asked.preview
      ? async (rehearsal) => {
          const body = await previewBody(deps, loaded, definition.name, { ...asked.body }, rehearsal)
          return { status: 200, body, headers: {} }
        }
      : null,
    seal: async () => {
      await Promise.all([
        sealSecrets(deps, { ...loaded, actionId: action.id }, made.secrets),
        holdDocuments(deps.sql, made.documents, action.id),
      ])
      return {
        send: () => sendTo(deps, loaded, action, async),
        recorded: async (answer) => {
          const [body] = await Promise.all([
            recordedBody(deps, loaded, action, key, answer),
            forgetDraft(deps, loaded, about),
          ])
          return told(body, answer.replayed)
        },
        accepted: () => {
          const body = acceptedBody(loaded, action.act.act, key)
          const headers = { Location: body.href ?? '', 'Retry-After': '2' }
          return { status: 202, ...asPreferred(minimal, body, headers) }
        },
        refused: async (refusal) => {
          throw await gatherRefusal(deps, loaded, about, refusal, [])
        },
      }
    },
  })
}

const forgetDraft = async (deps: Deps, loaded: LoadedCase, { item, draft }: RefusedAct): Promise<void> => {
  if (item !== null && draft !== null)
    await deleteDraft(deps.sql, { caseId: loaded.caseId, item, user: loaded.session.user })
}

/** The workflow of a closed case has ended: it begins again from the fold of the ledger, at its head. */
const sendTo = (deps: Deps, loaded: LoadedCase, action: Action, async: boolean): Promise<Sent> => {
  if (loaded.state.status !== 'closed')
    return async ? sendActAsync(deps, loaded.caseId, action) : sendAct(deps, loaded.caseId, action, ANSWER_WITHIN_MS)
  const { caseId, incarnation, commitmentKey, state, head, world } = loaded
  const input: CaseInput = {
    caseId,
    engine: state.engine,
    incarnation,
    commitmentKey,
    settings: world.settings,
    state,
    head,
    shelf: world.shelf,
    spreadMs: spreadMs(deps),
  }
  return sendStarting(deps, input, action, ANSWER_WITHIN_MS)
}
