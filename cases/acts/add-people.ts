import { covers, root } from '../places.ts'
import { decided, emit, isStart, runOf } from '../progress/draft.ts'
import { settle } from '../progress/settle.ts'
import { wantCases } from '../progress/start-runs.ts'
import type { FieldError } from '../refusals.ts'
import { isRefusal } from '../why-not.ts'
import type { ActRules, May, Pointing } from './act.ts'
import { begin, refused } from './asked.ts'

/** Anybody who works at the centre of the arrival. */
function may({ state, world, action }: Pointing<'add_people'>): May {
  if (state.subject !== 'arrival') return { code: 'not_found' }
  if (state.status === 'closed') return { code: 'case_closed' }
  const place = String(state.facts['centre'] ?? root(world.settings.places))
  const held = action.by.kind === 'user' ? action.by.holds : []
  const mine = held.find((one) => covers(one.place, place, world.settings.places))
  return mine ? { role: mine.role } : { code: 'place_required', who: [{ role: 'registration_agent', place }] }
}

/** Rows of an arrival, from several agents at once; a row that is known already changes nothing. */
export const addPeople: ActRules<'add_people'> = {
  may,
  decide(asked) {
    const { state, world, action, act } = asked
    const allowed = may(asked)
    if (isRefusal(allowed)) return refused(allowed)
    const errors = duplicates(act.rows)
    if (errors.length > 0) return refused({ code: 'answers_invalid', errors })

    const draft = begin(asked, allowed.role, Math.min(action.happened, world.now))
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
  },
}

function duplicates(rows: { row: string }[]): FieldError[] {
  return rows.flatMap(({ row }, index) =>
    rows.findIndex((one) => one.row === row) === index
      ? []
      : [{ pointer: `/people/${index}/row`, code: 'duplicate_key' as const }],
  )
}
