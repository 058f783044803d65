/** One act, pointed at one thing of a case and plausibly filled; and whether it is offered, and what a preview says. */

import { fold } from '../../../cases/evolve/index.ts'
import type { CaseState } from '../../../cases/state.ts'
import { filled } from '../../../client/fill.ts'
import type { Body } from '../../../client/person.ts'
import { loadLedger } from '../../../database/ledger.ts'
import type { Answer, Person } from '../../api/installed-api.ts'
import { inDays, rows, today } from '../../api/screens/clerk.ts'
import type { World } from '../../twins/world.ts'

export interface Tried {
  act: string
  /** What it points at: as an offer has it in its body. */
  at: Body
  body: Body
}

const reason = 'Parce que'
const by = { amount: 1, unit: 'days' }
const CONSENT = { purpose: 'sharing', state: 'given', form: 'oral', language: 'fr' }
const POINTS_AT = ['step', 'clock', 'consent', 'procedure']
/** A form that somebody else reads has other fields: any answer at all shows whether the act itself is taken. */
const BLIND = { outcome: 'done', answers: {} }

/** The act and what it points at, as one word. */
export const nameOf = ({ act, at }: Pick<Tried, 'act' | 'at'>): string =>
  [act, ...POINTS_AT.flatMap((member) => (member in at ? [String(at[member])] : []))].join(' ')

/** What the caller fills in, by act; `item` is the work item as the caller reads it. */
function given(act: string, item: Body | null, user: string): Body {
  switch (act) {
    case 'complete_step':
      return { basis: item?.['basis'] ?? 'none', ...formOf(item) }
    case 'override_step':
      return { ...formOf(item), reason }
    case 'reopen_step':
      return { within: by, reason }
    case 'correct_answer':
    case 'correct_opening':
      return { answers: {}, reason }
    case 'extend_clock':
      return { by, reason }
    case 'assign_step':
    case 'change_case_manager':
      return { to: user, reason }
    case 'delegate':
      return { to: user }
    case 'suspend':
      return { review_on: inDays(30), reason }
    case 'begin_procedure':
      return { answers: {} }
    case 'record_consent':
      return CONSENT
    case 'add_note':
      return { text: 'Rien' }
    case 'countersign':
    case 'resume':
    case 'withdraw_consent':
      return {}
    default:
      throw new Error(`nobody has said how ${act} is filled`)
  }
}

function formOf(item: Body | null): Body {
  const form = item?.['form'] as Body | undefined
  const [outcome] = (form?.['outcomes'] ?? []) as unknown as { id: string }[]
  if (form === undefined || outcome === undefined) return BLIND
  return { outcome: outcome.id, ...filled(form, outcome.id, {}, today()) } as Body
}

export const triedAt = (act: string, at: Body, item: Body | null, user: string): Tried => {
  const points = Object.fromEntries(Object.entries(at).filter(([member]) => POINTS_AT.includes(member))) as Body
  return { act, at: points, body: { ...given(act, item, user), ...points } }
}

/** A case as the ledger has it: nothing is hidden. */
export async function stateOf({ db }: World, number: string): Promise<CaseState> {
  const [row] = await db.sql<{ caseId: string }[]>`select case_id from cases where number = ${number}`
  const id = row?.caseId ?? ''
  return fold(id, (await loadLedger(db.sql, db.ring, id))?.entries ?? [])
}

/** Everything in a case that an act of the table may point at. */
export function everyTarget(state: CaseState, procedures: string[]): Pick<Tried, 'act' | 'at'>[] {
  const steps = Object.entries(state.runs).flatMap(([run, { steps: all }]) =>
    Object.entries(all).map(([id, step]) => ({ id: `${state.number}.${run}.${id}.${step.round}`, step })),
  )
  const open = steps.filter(({ step }) => step.status === 'open').map(({ id }) => id)
  const ended = steps.filter(({ step }) => step.status === 'done').map(({ id }) => id)
  const on = (acts: string[], ats: Body[]) => acts.flatMap((act) => ats.map((at) => ({ act, at })))
  const onStep = (ids: string[]): Body[] => ids.map((step) => ({ step }))
  return [
    ...on(['complete_step', 'override_step', 'countersign', 'assign_step', 'delegate', 'add_note'], onStep(open)),
    ...on(['correct_answer', 'reopen_step'], onStep(ended)),
    ...on(
      ['extend_clock'],
      Object.keys(state.clocks).map((clock) => ({ clock: `${state.number}.${clock}` })),
    ),
    ...on(
      ['withdraw_consent'],
      Object.keys(state.consents).map((consent) => ({ consent })),
    ),
    ...on(
      ['begin_procedure'],
      procedures.map((procedure) => ({ procedure })),
    ),
    ...on(['add_note', 'correct_opening', 'record_consent', 'change_case_manager', 'suspend', 'resume'], [{}]),
  ]
}

export interface Offered {
  items: Map<string, Body>
  acts: Map<string, { act: string; body: Body }>
}

/** All that somebody is offered on a case: on the case itself, and on each of its items that they may read. */
export async function offeredTo(person: Person, number: string, items: string[]): Promise<Offered | null> {
  const seen = await person.get(`/api/v1/cases/${number}`)
  if (seen.status >= 300) return null
  const read = new Map<string, Body>()
  const actions = rows(seen, '/actions')
  for (const id of items) {
    const item = await person.get(`/api/v1/work/${id}`)
    if (item.status >= 300) continue
    read.set(id, item.body as Body)
    actions.push(...rows(item, '/actions'))
  }
  const acts = actions
    .filter((one) => one['method'] === 'POST')
    .map((one) => ({ act: String(one['act']), body: one['body'] as Body }))
  return { items: read, acts: new Map(acts.map((one) => [nameOf({ act: one.act, at: one.body }), one])) }
}

export const preview = (person: Person, number: string, { act, body }: Tried): Promise<Answer> =>
  person.post(`/api/v1/cases/${number}/actions/${act}?preview=true`, body)
