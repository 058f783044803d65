import { covers, root } from '../places.ts'
import { decided, emit, isStart, runOf } from '../progress/draft.ts'
import { settle } from '../progress/settle.ts'
import { wantCases } from '../progress/start-runs.ts'
import type { FieldError } from '../refusals.ts'
import type { Decision } from '../world.ts'
import { type Asked, begin, refused } from './asked.ts'

/** Rows of an arrival, from several agents at once; a row that is known already changes nothing. */
export function addPeople(asked: Asked<'add_people'>): Decision {
  const { state, world, action, act } = asked
  if (state.subject !== 'arrival') return refused({ code: 'not_found' })
  if (state.status === 'closed') return refused({ code: 'case_closed' })
  const place = String(state.facts['centre'] ?? root(world.settings.places))
  const held = action.by.kind === 'user' ? action.by.holds : []
  const mine = held.find((one) => covers(one.place, place, world.settings.places))
  if (!mine) return refused({ code: 'place_required', who: [{ role: 'registration_agent', place }] })
  const errors = duplicates(act.rows)
  if (errors.length > 0) return refused({ code: 'answers_invalid', errors })

  const draft = begin(asked, mine.role, Math.min(action.happened, world.now))
  const rows = act.rows
    .filter(({ row }) => state.rows[row] === undefined)
    .map(({ answers, ...row }) => ({ ...row, inputs: answers }))
  emit(draft, { kind: 'people_added', rows })
  for (const runId of Object.keys(draft.state.runs)) {
    const rules = runOf(draft.state, world, runId)?.procedure.steps ?? []
    for (const rule of rules)
      if (isStart(rule) && rule.each === 'people') wantCases(draft, rule, `${runId}.${rule.id}.1`)
  }
  settle(draft)
  return decided(draft)
}

function duplicates(rows: { row: string }[]): FieldError[] {
  return rows.flatMap(({ row }, index) =>
    rows.findIndex((one) => one.row === row) === index
      ? []
      : [{ pointer: `/people/${index}/row`, code: 'duplicate_key' as const }],
  )
}
