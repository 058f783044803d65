/** Adds rows of people to an arrival; the arrival's workflow opens each row's case before it answers. */

import type { Action } from '../../../cases/actions.ts'
import type { z } from '@hono/zod-openapi'
import { view } from '../../../cases/view.ts'
import { casesOfArrival } from '../../../database/queries/arrivals.ts'
import { receiptHref, recordedBody } from '../../acts/answer-body.ts'
import type { LoadedCase } from '../../case/load-case.ts'
import { cachedCase } from '../../case/case-cache.ts'
import { begunAt } from '../../acts/act.ts'
import { derivedCaseId } from '../../case/idempotency.ts'
import { gatherRefusal } from '../../acts/gather-refusal.ts'
import { newAction } from '../../acts/new-action.ts'
import { performAct } from '../../acts/perform-act.ts'
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

/** Fifty cases open within it on a small machine; longer than that is answered 202. */
const WITHIN_MS = 20_000

const counted = (rows: RowBody[], language: Language): string => {
  const opened = rows.filter((row) => row.result !== 'refused').length
  const again = rows.length - opened
  if (language === 'en') return `${opened} ${opened === 1 ? 'case' : 'cases'} opened, ${again} to correct.`
  const cases = opened < 2 ? 'dossier ouvert' : 'dossiers ouverts'
  return `${opened} ${cases}, ${again} ${again < 2 ? 'ligne' : 'lignes'} à revoir.`
}

const actionOf = (deps: Deps, loaded: LoadedCase, body: Body, key: string, rows: GoodRow[]): Action => {
  const { now } = loaded.world
  const sent = { key, content: body, happened: begunAt(body, now), via: body.via ?? 'app' }
  return newAction(deps, { ...loaded, now }, { act: 'add_people', rows }, sent)
}

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
  const fresh = good.filter((given) => loaded.state.rows[given.row] === undefined)
  return performAct<Added>(deps, {
    at: loaded,
    action: asked(fresh),
    known: async (receipt) => {
      const known = asked(good)
      await authoriseReplay(deps, loaded, about, known, receipt.fromSeq)
      return { status: 200, body: await told(deps, loaded, known, key, receipt, judged), replayed: true }
    },
    instead: async () => {
      if (good.length === 0) throw allRefused(judged)
      if (fresh.length > 0) return null
      return { status: 200, body: await unchanged(deps, loaded, key, judged), replayed: false }
    },
    // Each row was judged alone: what is wrong with one is told beside the others.
    wrong: async () => [],
    refused: async (refusal, errors) => {
      throw await gatherRefusal(deps, loaded, about, refusal, errors)
    },
    preview: preview
      ? async () => {
          const { rows } = await rowsNow(deps, loaded, judged)
          return { status: 200, body: { act: 'add_people', status: 'preview', rows }, replayed: false }
        }
      : null,
    seal: async () => {
      const rows: GoodRow[] = []
      for (const given of fresh) rows.push(await prepared(deps, loaded, procedure, given))
      const action = actionOf(deps, loaded, body, key, rows)
      return {
        send: () => sendAct(deps, loaded.caseId, action, WITHIN_MS),
        recorded: async (answer) => {
          const recorded = await told(deps, loaded, action, key, answer, judged)
          return { status: 200, body: recorded, replayed: answer.replayed }
        },
        accepted: () => {
          const href = receiptHref(loaded, key)
          const text = ACCEPTED_TEXT[loaded.language]
          return { status: 202, body: { key, act: 'add_people', status: 'accepted', text, href }, replayed: false }
        },
        refused: async (refusal) => {
          throw await gatherRefusal(deps, loaded, about, refusal, [])
        },
      }
    },
  })
}
