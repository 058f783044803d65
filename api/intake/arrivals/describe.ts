/** One arrival as its people see it. */

import type { z } from '@hono/zod-openapi'
import type { CaseState } from '../../../cases/state.ts'
import { casesOfArrival } from '../../../database/queries/arrivals.ts'
import type { LoadedCase } from '../../case/load-case.ts'
import type { Deps } from '../../context/deps.ts'
import type { ArrivalAnswer } from './schema.ts'

type ArrivalBody = z.infer<typeof ArrivalAnswer>

const ADD_PEOPLE = { fr: 'Ajouter des personnes', en: 'Add people' }

const inputOf = (state: CaseState, id: string): unknown =>
  Object.values(state.runs)
    .map((run) => run.inputs[id])
    .find((value) => value !== undefined)

const twoDigits = (value: unknown): string => String(typeof value === 'number' ? value : 0).padStart(2, '0')

/** `state` is what the viewer may know: of an act's answer, the state after it. */
export const describeArrival = async (deps: Deps, loaded: LoadedCase, state: CaseState): Promise<ArrivalBody> => {
  const labels = loaded.labelsOf(state)
  const opened = await casesOfArrival(deps.sql, state.number)
  const centre = state.facts['centre']
  const expectedOn = inputOf(state, 'expected_on')
  const headcount = inputOf(state, 'headcount')
  const [hour, minute] = ['expected_hour', 'expected_minute'].map((id) => inputOf(state, id))
  const present = Object.keys(state.rows).length
  const href = `/api/v1/arrivals/${state.number}`
  const work = Object.entries(state.runs).flatMap(([runId, run]) =>
    Object.entries(run.steps)
      .filter(([, step]) => step.status === 'open')
      .map(([id, step]) => {
        const item = `${runId}.${id}.${step.round}`
        return { id: `${state.number}.${item}`, title: labels.step(item), href: `/api/v1/work/${state.number}.${item}` }
      }),
  )
  const label = ADD_PEOPLE[loaded.language]
  const add = {
    act: 'add_people',
    label,
    method: 'POST',
    href: `${href}/actions/add_people`,
    body: {},
    fill: ['people'],
  }
  return {
    id: state.number,
    status: state.status === 'closed' ? 'closed' : present > 0 ? 'open' : 'expected',
    place: typeof centre === 'string' ? { id: centre, label: labels.place(centre) } : null,
    expected_on: typeof expectedOn === 'string' ? expectedOn : null,
    expected_time: typeof hour === 'number' ? `${twoDigits(hour)}:${twoDigits(minute)}` : null,
    expected: typeof headcount === 'number' ? headcount : null,
    present,
    cases: Object.values(state.rows).filter((row) => opened.has(row.number)).length,
    work,
    actions: state.status === 'closed' ? [] : [add],
    href,
  }
}
