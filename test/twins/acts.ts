/** What every act on a case would be answered, as a preview or a refusal, in two worlds. */

import { readFileSync } from 'node:fs'
import type { Person } from '../api/installed-api.ts'
import { type Compared, DOCUMENT, spoken } from './compare.ts'
import type { Known } from './recipes.ts'
import type { World } from './world.ts'

interface Asked {
  method: string
  path: string
  body: object
}
type ActRecipe = (known: Known) => object[]

const reason = 'Parce que'
const within = { amount: 1, unit: 'days' }
const ofSteps =
  (more: object): ActRecipe =>
  ({ items }) =>
    items.map((step) => ({ step, ...more }))
const just =
  (...bodies: object[]): ActRecipe =>
  () =>
    bodies
const CONSENT = { purpose: 'sharing', state: 'given', form: 'oral', language: 'fr' }

/** By name of the act in the document's paths; one without a recipe fails the test. */
const RECIPES: Record<string, ActRecipe> = {
  complete_step: ({ items }) => items.map((step) => ({ step, outcome: 'left', answers: {}, basis: 'none' })),
  override_step: ofSteps({ outcome: 'left', answers: {}, reason }),
  countersign: ofSteps({}),
  reopen_step: ofSteps({ within, reason }),
  assign_step: ({ items, users }) => items.map((step) => ({ step, to: users[0] ?? 'none', reason })),
  delegate: ({ items, users }) => items.map((step) => ({ step, to: users[0] ?? 'none' })),
  extend_clock: ({ items }) => items.map((item) => ({ clock: `${item}.due`, by: within, reason })),
  suspend: just({ review_on: '2027-01-15', reason }),
  resume: just({}),
  begin_procedure: ({ procedures }) => procedures.map((procedure) => ({ procedure, answers: {} })),
  correct_answer: ofSteps({ answers: {}, reason }),
  correct_opening: just({ answers: {}, reason }),
  record_consent: just(CONSENT, { ...CONSENT, purpose: 'protection' }),
  withdraw_consent: ({ consents }) => [...consents, 'cst-none'].map((consent) => ({ consent })),
  change_case_manager: ({ users }) => users.map((to) => ({ to })),
  add_note: (known) => [{ text: 'Rien' }, ...ofSteps({ text: 'Rien' })(known)],
}

/** Acts on a case in the committed document. Throws for one that nobody has written a recipe for. */
export function actsInDocument(): string[] {
  const { paths } = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as { paths: Record<string, object> }
  const acts = Object.keys(paths).flatMap(
    (path) => /^\/api\/v1\/cases\/\{case\}\/actions\/(\w+)$/.exec(path)?.[1] ?? [],
  )
  const missing = acts.filter((act) => RECIPES[act] === undefined)
  if (missing.length > 0) throw new Error(`twin worlds have no recipe for ${missing.join(', ')}`)
  return acts
}

export function actsOn(known: Known, number: string): Asked[] {
  const acts = actsInDocument().flatMap((act) =>
    (RECIPES[act]?.(known) ?? []).map((body) => {
      return { method: 'POST', path: `/api/v1/cases/${number}/actions/${act}?preview=true`, body }
    }),
  )
  const beside = known.items.flatMap((item) => [
    { method: 'DELETE', path: `/api/v1/work/${item}/draft`, body: {} },
    { method: 'PUT', path: `/api/v1/work/${item}/draft`, body: { answers: {} } },
    { method: 'POST', path: `/api/v1/work/${item}/link`, body: {} },
  ])
  return [...acts, ...beside]
}

/** What coordination would be told of many cases at once, whatever it filters by. */
export function batchesOver({ cases, procedures }: Known): Asked[] {
  const freeze = { procedure: 'ml-freeze', answers: { reason: 'fraud' } }
  const filters = [{ place: 'ml' }, { numbers: cases }, ...procedures.map((procedure) => ({ procedure }))]
  return filters.map((filter) => {
    return { method: 'POST', path: '/api/v1/batches?preview=true', body: { ...freeze, cases: filter } }
  })
}

export async function compareActs(
  [a, b]: readonly [World, World],
  logins: readonly string[],
  acts: readonly Asked[],
): Promise<Compared> {
  const compared: Compared = { answers: 0, differences: [] }
  const ask = async (person: Person, { method, path, body }: Asked) => spoken(await person.ask(method, path, { body }))
  for (const login of logins) {
    const [here, there] = [a.person(login), b.person(login)]
    for (const one of acts) {
      const [said, other] = await Promise.all([ask(here, one), ask(there, one)])
      compared.answers += 1
      const path = `${one.path} ${JSON.stringify(one.body)}`
      if (said !== other) compared.differences.push({ login, path, a: said, b: other })
    }
  }
  return compared
}
