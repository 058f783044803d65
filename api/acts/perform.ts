/**
 * The way in for an act on a case that exists: authorise, know repeats, rehearse, seal what is personal, send, and say
 * what became of it. Openings, rows of people and links have their own.
 */

import type { Act, Action } from '../../cases/actions.ts'
import { circumstances } from '../../cases/circumstances.ts'
import { openingRun } from '../../cases/opening-run.ts'
import { holdDocuments } from '../../database/queries/documents.ts'
import { deleteDraft } from '../../database/queries/drafts.ts'
import { caseById, receiptOf } from '../../database/queries/one-case.ts'
import type { CaseInput } from '../../workflows/messages.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiContext, Deps } from '../context/deps.ts'
import { preferenceOf } from '../openapi/parameters.ts'
import { problem } from '../problems/problem.ts'
import { type ActDefinition, type CommonBody, happenedAt } from './act.ts'
import { acceptedBody, asPreferred, previewBody, recordedBody } from './answer-body.ts'
import { type LoadedCase, loadCase } from '../case/load-case.ts'
import { checkDisclosed, checkNamed } from './check-named.ts'
import { actionId, contentDigest, keyOf } from '../case/idempotency.ts'
import { telephonesHere } from './training-telephones.ts'
import { type BodyReaderFrom, type BodyFindings, bodyReader } from './read-body.ts'
import { gatherRefusal, type RefusedAct } from './gather-refusal.ts'
import { rehearse } from './rehearse.ts'
import type { ActionBody } from './schema.ts'
import { sealSecrets } from './seal.ts'
import { authoriseReplay } from './authorise-replay.ts'
import { ANSWER_WITHIN_MS, type Sent, sendAct, sendActAsync, sendStarting, spreadMs } from './send.ts'

/** Real milliseconds after which the workflow refuses an action: nobody waits for it any more. */
const NOT_AFTER_MS = 60_000

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
  const action: Action = {
    id: actionId(deps.idKey, loaded.session.user, definition.name, loaded.caseId, key),
    digest: contentDigest(deps.idKey, definition.name, { ...body }),
    by: loaded.session.principal,
    via: body.via ?? 'app',
    happened,
    received: world.now,
    notAfter: deps.realNow() + NOT_AFTER_MS,
    act,
  }
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
  const prefer = preferenceOf(asked.prefer)
  const known = asked.preview ? undefined : await receiptOf(deps.sql, loaded.caseId, action.id)
  const about = decisionSubjectOf(loaded, definition, asked.body, action.act)
  if (known !== undefined) {
    await authoriseReplay(deps, loaded, about, action, known.fromSeq)
    const body = await recordedBody(deps, loaded, action, key, known)
    return { status: 200, ...asPreferred(prefer.minimal, body, { 'Idempotent-Replayed': 'true' }) }
  }
  const errors = [...(await checkNamed(deps, { ...loaded, by: action.by }, action.act, made)), ...made.errors]
  const rehearsal = await rehearse(loaded.state, action, loaded.world, deps.newest)
  if (rehearsal.kind === 'refused') throw await gatherRefusal(deps, loaded, about, rehearsal.refusal, errors)
  errors.push(...(await checkDisclosed(deps, rehearsal.entries)))
  if (errors.length > 0) throw await gatherRefusal(deps, loaded, about, null, errors)
  if (asked.preview) {
    const body = await previewBody(deps, loaded, definition.name, { ...asked.body }, rehearsal)
    return { status: 200, body, headers: {} }
  }

  await Promise.all([
    sealSecrets(deps, { ...loaded, actionId: action.id }, made.secrets),
    holdDocuments(deps.sql, made.documents, action.id),
  ])
  const sent = await sendTo(deps, loaded, action, prefer.async)
  const [done] = await Promise.all([
    becameOf(deps, loaded, about, action, key, sent),
    sent.kind === 'recorded' ? forgetDraft(deps, loaded, about) : null,
  ])
  return { ...done, ...asPreferred(prefer.minimal, done.body, done.headers) }
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

const becameOf = async (
  deps: Deps,
  loaded: LoadedCase,
  about: RefusedAct,
  action: Action,
  key: string,
  sent: Sent,
): Promise<Done> => {
  switch (sent.kind) {
    case 'recorded': {
      const body = await recordedBody(deps, loaded, action, key, sent.answer)
      return { status: 200, body, headers: sent.answer.replayed ? { 'Idempotent-Replayed': 'true' } : {} }
    }
    case 'accepted': {
      const body = acceptedBody(loaded, action.act.act, key)
      return { status: 202, body, headers: { Location: body.href ?? '', 'Retry-After': '2' } }
    }
    case 'refused':
      throw await gatherRefusal(deps, loaded, about, sent.refusal, [])
    case 'late':
      throw problem('not_accepted_in_time', { detail: SAME_KEY })
    case 'stopped':
      throw problem('record_stopped')
    case 'gone': {
      // Somebody may have closed the case since it was read: its workflow has ended.
      const closed = (await caseById(deps.sql, loaded.caseId))?.status === 'closed'
      throw closed ? await gatherRefusal(deps, loaded, about, { code: 'case_closed' }, []) : problem('record_stopped')
    }
  }
}

const SAME_KEY = {
  fr: 'Rien n’est perdu. Renvoyez la même demande avec la même clé.',
  en: 'Nothing is lost. Send the same request again with the same key.',
}
