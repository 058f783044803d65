/** Adds rows of people to an arrival; the arrival's workflow opens each row's case before it answers. */

import type { Action } from '../../../cases/actions.ts'
import type { z } from '@hono/zod-openapi'
import { view } from '../../../cases/view.ts'
import { casesOfArrival } from '../../../database/queries/arrivals.ts'
import { receiptOf } from '../../../database/queries/one-case.ts'
import { receiptHref, recordedBody } from '../../acts/answer-body.ts'
import type { LoadedCase } from '../../case/load-case.ts'
import { cachedCase } from '../../case/case-cache.ts'
import { begunAt } from '../../acts/act.ts'
import { actionId, contentDigest, derivedCaseId } from '../../case/idempotency.ts'
import { gatherRefusal } from '../../acts/gather-refusal.ts'
import { rehearse } from '../../acts/rehearse.ts'
import { sendAct } from '../../acts/send.ts'
import { authoriseReplay } from '../../acts/authorise-replay.ts'
import { ACCEPTED_TEXT } from '../../acts/answer-texts.ts'
import type { Deps, Language } from '../../context/deps.ts'
import { problem } from '../../problems/problem.ts'
import { personIn } from '../../../database/queries/people.ts'
import { perhapsSame } from '../search/perhaps-same.ts'
import { describeArrival } from './describe.ts'
import { type GivenRow, type GoodRow, type Judged, judge, prepared, rowProcedure, sketched } from './rows.ts'
import type { AddPeople, PeopleAnswer, RowBody } from './schema.ts'

type Body = z.infer<typeof AddPeople>
type PeopleBody = z.infer<typeof PeopleAnswer>
export interface Added {
  status: 200 | 202
  body: PeopleBody
  replayed: boolean
}

const NOT_AFTER_MS = 60_000
/** Fifty cases open within it on a small machine; longer than that is answered 202. */
const WITHIN_MS = 20_000

const counted = (rows: RowBody[], language: Language): string => {
  const opened = rows.filter((row) => row.result !== 'refused').length
  const again = rows.length - opened
  if (language === 'en') return `${opened} ${opened === 1 ? 'case' : 'cases'} opened, ${again} to correct.`
  const cases = opened < 2 ? 'dossier ouvert' : 'dossiers ouverts'
  return `${opened} ${cases}, ${again} ${again < 2 ? 'ligne' : 'lignes'} à revoir.`
}

const actionOf = (deps: Deps, loaded: LoadedCase, body: Body, key: string, rows: GoodRow[]): Action => ({
  id: actionId(deps.idKey, loaded.session.user, 'add_people', loaded.caseId, key),
  digest: contentDigest(deps.idKey, 'add_people', { ...body }),
  by: loaded.session.principal,
  via: body.via ?? 'app',
  happened: begunAt(body, loaded.world.now),
  received: loaded.world.now,
  notAfter: deps.realNow() + NOT_AFTER_MS,
  act: { act: 'add_people', rows },
})

/** Told from the arrival as it is now, so a repeat says the same of its rows. */
const rowsNow = async (deps: Deps, loaded: LoadedCase, judged: Judged[]) => {
  const state = (await cachedCase(deps, loaded.number))?.state ?? loaded.state
  const opened = await casesOfArrival(deps.sql, loaded.number)
  const rowNow = async (one: Judged): Promise<RowBody> => {
    if (one.kind === 'refused')
      return { row: one.row, result: 'refused', ...(one.errors ? { errors: one.errors } : {}) }
    const { row } = one.given
    const number = state.rows[row]?.number ?? ''
    const same = await perhapsSame(deps, loaded, personIn(one.given), derivedCaseId(deps.idKey, loaded.caseId, row))
    const warned = same === null ? {} : { perhaps_same: same }
    return { row, result: opened.has(number) ? 'opened' : 'accepted', case: number, ...warned }
  }
  const rows = await Promise.all(judged.map(rowNow))
  return { rows, arrival: await describeArrival(deps, loaded, view(state, loaded.session.principal, loaded.world)) }
}

const told = async (
  deps: Deps,
  loaded: LoadedCase,
  action: Action,
  key: string,
  at: { fromSeq: number; toSeq: number },
  judged: Judged[],
) => {
  const recorded = await recordedBody(deps, loaded, action, key, at)
  const { rows, arrival } = await rowsNow(deps, loaded, judged)
  return { ...recorded, text: counted(rows, loaded.language), rows, arrival }
}

/** Every row was there before: sending it again changes nothing. */
const unchanged = async (deps: Deps, loaded: LoadedCase, key: string, judged: Judged[]): Promise<PeopleBody> => {
  const { rows, arrival } = await rowsNow(deps, loaded, judged)
  return { key, act: 'add_people', status: 'recorded', text: counted(rows, loaded.language), rows, arrival }
}

/** All rows wrong: nothing is recorded, and every error comes at once. */
const allRefused = (judged: Judged[]) => {
  const errors = judged.flatMap((one) => (one.kind === 'refused' ? (one.errors ?? []) : []))
  return problem('answers_invalid', {
    errors: errors.map(({ message, ...error }) => ({ ...error, message: () => message })),
  })
}

export const addPeople = async (
  deps: Deps,
  loaded: LoadedCase,
  body: Body,
  key: string,
  preview: boolean,
): Promise<Added> => {
  const procedure = await rowProcedure(deps, loaded)
  const judged = judge(deps, loaded, procedure, body.people)
  const good = judged.flatMap((one) => (one.kind === 'good' ? [one.given] : []))
  const about = { item: null, procedure: procedure.id, draft: null }
  const asked = (rows: GivenRow[]): Action =>
    actionOf(
      deps,
      loaded,
      body,
      key,
      rows.map((given) => sketched(deps, loaded, procedure, given)),
    )
  const receipt = preview ? undefined : await receiptOf(deps.sql, loaded.caseId, asked([]).id)
  if (receipt !== undefined) {
    const known = asked(good)
    await authoriseReplay(deps, loaded, about, known, receipt.fromSeq)
    return { status: 200, body: await told(deps, loaded, known, key, receipt, judged), replayed: true }
  }
  if (good.length === 0) throw allRefused(judged)

  const fresh = good.filter((given) => loaded.state.rows[given.row] === undefined)
  if (fresh.length === 0) return { status: 200, body: await unchanged(deps, loaded, key, judged), replayed: false }

  const rehearsal = await rehearse(loaded.state, asked(fresh), loaded.world, deps.newest)
  if (rehearsal.kind === 'refused') throw await gatherRefusal(deps, loaded, about, rehearsal.refusal, [])
  if (preview) {
    const { rows } = await rowsNow(deps, loaded, judged)
    return { status: 200, body: { act: 'add_people', status: 'preview', rows }, replayed: false }
  }
  const rows: GoodRow[] = []
  for (const given of fresh) rows.push(await prepared(deps, loaded, procedure, given))
  const action = actionOf(deps, loaded, body, key, rows)
  const sent = await sendAct(deps, loaded.caseId, action, WITHIN_MS)
  switch (sent.kind) {
    case 'recorded':
      return {
        status: 200,
        body: await told(deps, loaded, action, key, sent.answer, judged),
        replayed: sent.answer.replayed,
      }
    case 'accepted': {
      const href = receiptHref(loaded, key)
      const text = ACCEPTED_TEXT[loaded.language]
      return { status: 202, body: { key, act: 'add_people', status: 'accepted', text, href }, replayed: false }
    }
    case 'refused':
      throw await gatherRefusal(deps, loaded, about, sent.refusal, [])
    case 'late':
      throw problem('not_accepted_in_time')
    case 'stopped':
    case 'gone':
      throw problem('record_stopped')
  }
}
