/** How every GET of the OpenAPI document is asked: with everything that either world knows, hidden or not. */

import { loadLedger } from '../../database/ledger.ts'
import type { World } from './world.ts'

export interface Known {
  cases: string[]
  arrivals: string[]
  /** Open in either world, and every step of a restricted run. */
  items: string[]
  consents: string[]
  documents: string[]
  keys: string[]
  procedures: string[]
  lists: string[]
  users: string[]
  handovers: string[]
}
type Recipe = (known: Known) => string[]

const LIST = ['', '?limit=1', '?limit=2']
const WORK = [
  ...LIST,
  '?scope=places',
  '?scope=places&limit=1',
  ...['soon', 'late', 'held'].flatMap((clock) => [`?clock=${clock}`, `?scope=places&clock=${clock}`]),
  '?role=trafficking_focal&scope=places',
  '?step=signs&scope=places',
]
const RESTRICTED = ['ml-trafficking', 'ml-protected-help', 'ml-complaint', 'ml-clearance']
const each =
  (name: Exclude<keyof Known, number>, more = ''): Recipe =>
  (known) =>
    known[name].map((one) => `/${one}${more}`)
const within =
  (head: string, recipe: Recipe): Recipe =>
  (known) =>
    recipe(known).map((tail) => `${head}${tail}`)
const just =
  (...paths: string[]): Recipe =>
  () =>
    paths
const V1 = '/api/v1'
const ofCase = (more: string): Recipe => within(`${V1}/cases`, each('cases', more))

/** By path of the document; a route without a recipe fails the test. */
export const RECIPES: Record<string, Recipe> = {
  '/api/v1': just(V1),
  '/api/v1/arrivals': just(...LIST.map((query) => `${V1}/arrivals${query}`)),
  '/api/v1/arrivals/{arrival}': within(`${V1}/arrivals`, each('arrivals')),
  '/api/v1/arrivals/{arrival}/actions/{key}': ({ arrivals, keys }) =>
    arrivals.flatMap((one) => keys.slice(0, 2).map((key) => `${V1}/arrivals/${one}/actions/${key}`)),
  '/api/v1/arrivals/{arrival}/people': within(`${V1}/arrivals`, each('arrivals', '/people')),
  '/api/v1/batches': just(`${V1}/batches`),
  '/api/v1/batches/{batch}': just(`${V1}/batches/none`),
  '/api/v1/broadcasts/{broadcast}': just(`${V1}/broadcasts/none`),
  '/api/v1/calendar': just(`${V1}/calendar`),
  '/api/v1/cases': ({ users }) =>
    [...LIST, '?status=open', '?stage=reception', '?owner=me', ...users.map((user) => `?owner=${user}`)].map(
      (query) => `${V1}/cases${query}`,
    ),
  '/api/v1/cases/{case}': ofCase(''),
  '/api/v1/cases/{case}/actions/{key}': ({ cases, keys }) =>
    cases.flatMap((one) => keys.map((key) => `${V1}/cases/${one}/actions/${key}`)),
  '/api/v1/cases/{case}/clocks': ofCase('/clocks'),
  '/api/v1/cases/{case}/disclosures': ofCase('/disclosures'),
  '/api/v1/cases/{case}/documents': ofCase('/documents'),
  '/api/v1/cases/{case}/explain': ofCase('/explain'),
  '/api/v1/cases/{case}/live': ofCase('/live'),
  '/api/v1/cases/{case}/notices': ofCase('/notices'),
  '/api/v1/cases/{case}/reads': ofCase('/reads'),
  '/api/v1/cases/{case}/timeline': (known) => [...ofCase('/timeline')(known), ...ofCase('/timeline?limit=2')(known)],
  '/api/v1/documents/{document}': within(`${V1}/documents`, each('documents')),
  '/api/v1/grants': just(`${V1}/grants`),
  '/api/v1/handovers': just(...LIST.map((query) => `${V1}/handovers${query}`)),
  '/api/v1/handovers/{handover}': within(`${V1}/handovers`, each('handovers')),
  '/api/v1/events': just(`${V1}/events`, `${V1}/events?limit=3`, `${V1}/events?kinds=step_ended,clock_breached`),
  '/api/v1/health': just(`${V1}/health`),
  '/api/v1/invariants': just(`${V1}/invariants`),
  '/api/v1/lists/{list}': within(`${V1}/lists`, each('lists')),
  '/api/v1/me': just(`${V1}/me`),
  '/api/v1/openings': just(`${V1}/openings`),
  '/api/v1/overdue': ({ users }) =>
    [...LIST, ...users.map((user) => `?owner=${user}`)].map((query) => `${V1}/overdue${query}`),
  '/api/v1/overrides': just(`${V1}/overrides`),
  '/api/v1/partners': just(`${V1}/partners`),
  '/api/v1/places': just(`${V1}/places`),
  '/api/v1/procedures': just(`${V1}/procedures`),
  '/api/v1/procedures/{procedure}/{version}': within(`${V1}/procedures`, each('procedures', '/1')),
  '/api/v1/procedures/{procedure}/{version}/schema': within(`${V1}/procedures`, each('procedures', '/1/schema')),
  '/api/v1/roles': just(`${V1}/roles`),
  '/api/v1/tokens': just(`${V1}/tokens`),
  '/api/v1/training/advances/{advance}': just(`${V1}/training/advances/none`),
  '/api/v1/troubles': just(`${V1}/troubles`),
  '/api/v1/users': just(`${V1}/users`, `${V1}/users?role=trafficking_focal`, `${V1}/users?place=ml-kayes`),
  '/api/v1/work': ({ cases, users }) =>
    [
      ...WORK,
      ...RESTRICTED.map((procedure) => `?scope=places&procedure=${procedure}`),
      ...cases.map((one) => `?scope=places&case=${one}`),
      ...[...users, 'none'].map((user) => `?scope=places&owner=${user}`),
    ].map((query) => `${V1}/work${query}`),
  '/api/v1/work/{item}': within(`${V1}/work`, each('items')),
  '/api/v1/workload': just(`${V1}/workload`, `${V1}/workload?place=ml-kayes`, `${V1}/workload?role=case_manager`),
}

/** Routes that change seldom are compared once. */
export const SELDOM = /\/(lists|procedures|places|roles|partners|openings|calendar)\b/

/** Pages and documents beside the API. */
export const PAGES = ['/', '/docs', '/docs/getCase', '/problems', `${V1}/openapi.json`, `${V1}/openapi-3.0.json`]

/** Only the ledger knows them. */
async function consentsIn({ db }: World): Promise<string[]> {
  const rows = await db.sql`select case_id from cases where head_seq > 0`
  const ledgers = await Promise.all(rows.map((row) => loadLedger(db.sql, db.ring, String(row['caseId']))))
  return ledgers.flatMap((one) =>
    (one?.entries ?? []).flatMap(({ event }) => (event.kind === 'consent_recorded' ? [event.consent.id] : [])),
  )
}

export async function knownIn(worlds: readonly World[], keys: string[]): Promise<Known> {
  const all = async (ask: (world: World) => Promise<{ id: string }[]>): Promise<string[]> =>
    [...new Set((await Promise.all(worlds.map(ask))).flat().map(({ id }) => id))].toSorted()
  const country = worlds[0]?.country
  return {
    cases: await all(({ db }) => db.sql`select number as id from cases where subject = 'case'`),
    arrivals: await all(({ db }) => db.sql`select number as id from cases where subject = 'arrival'`),
    items: await all(
      ({ db }) => db.sql`select number || '.' || item as id from open_steps join cases using (case_id)
      union select number || '.' || run || '.' || (step ->> 'id') || '.1' from runs r join cases using (case_id)
        join procedures p on p.hash = r.hash, jsonb_array_elements(p.compiled -> 'steps') step
        where r.visible_to is not null and step ->> 'kind' <> 'start'`,
    ),
    consents: [...new Set((await Promise.all(worlds.map(consentsIn))).flat())],
    documents: await all(({ db }) => db.sql`select id from documents`),
    users: await all(({ db }) => db.sql`select owner as id from open_steps where owner is not null`),
    handovers: await all(({ db }) => db.sql`select id from handovers`),
    keys,
    procedures: Object.keys(country?.procedures ?? {}),
    lists: Object.keys(country?.lists ?? {}),
  }
}
