/** Every act and every route of the document, asked so that only who is asking decides. */

import type { At, Ground } from './ground.ts'

export interface Asked {
  name: string
  method: string
  path: string
  body?: object
  headers?: Record<string, string>
  /** Where whoever holds a role "there" holds it. */
  at: At
}
/** One act on ordinary and on restricted work; null where there is no such thing. */
export interface AskedAct {
  name: string
  ordinary: Asked | null
  restricted: Asked | null
}

const reason = 'Parce que'
const by = { amount: 1, unit: 'days' }
const CONSENT = { state: 'given', form: 'oral', language: 'fr' }
/** Whoever may send something is told so by the size. */
const TOO_LONG = { 'Content-Type': 'image/png', 'Upload-Length': '6000000' }
const FREEZE = { procedure: 'ml-freeze', cases: { place: 'ml' } }
const NEED = { family: 'health', urgency: '3d' }

export function actsOn({ number, suspended, items, consents, manager }: Ground): AskedAct[] {
  const act = (name: string, body: object, at: At = 'home', of = number): Asked => ({
    name,
    method: 'POST',
    path: `/api/v1/cases/${of}/actions/${name}?preview=true`,
    body,
    at,
  })
  const step = (id: string, more: object = {}) => ({ step: id, ...more })
  const filled = { outcome: 'done', answers: NEED }
  const both = (name: string, ordinary: object, restricted: object, label = name): AskedAct => ({
    name: label,
    ordinary: act(name, ordinary),
    restricted: act(name, restricted, 'centre'),
  })
  const alone = (name: string, ordinary: Asked): AskedAct => ({ name, ordinary, restricted: null })
  const out = { outcome: 'may_go', answers: {} }
  const risk = { ...out, basis: 'none' }
  return [
    both('complete_step', step(items.task, filled), step(items.secret, risk), 'complete_step (task)'),
    alone(
      'complete_step (decision)',
      act('complete_step', step(items.decision, { outcome: 'approved', answers: {}, basis: 'none' })),
    ),
    both('delegate', step(items.task, { to: manager }), step(items.secret, { to: manager })),
    both('assign_step', step(items.task, { to: manager, reason }), step(items.secret, { to: manager, reason })),
    both('override_step', step(items.task, { ...filled, reason }), step(items.secret, { ...out, reason })),
    alone('countersign', act('countersign', step(items.task))),
    both('reopen_step', step(items.done, { within: by, reason }), step(items.secretDone, { within: by, reason })),
    both(
      'correct_answer',
      step(items.done, { answers: { reason: 'goals_reached' }, reason }),
      step(items.secretDone, { answers: {}, reason }),
    ),
    alone('correct_opening', act('correct_opening', { answers: { name: 'Awa Diallo' }, reason })),
    alone('extend_clock', act('extend_clock', { clock: `${items.extendable}.due`, by, reason }, 'centre')),
    alone('suspend', act('suspend', { review_on: '2026-12-15', reason })),
    alone('resume', act('resume', {}, 'home', suspended)),
    alone('change_case_manager', act('change_case_manager', { to: manager })),
    both(
      'begin_procedure',
      { procedure: 'ml-referral', answers: NEED },
      { procedure: 'ml-trafficking', answers: { report: 'Vu' } },
    ),
    both('record_consent', { purpose: 'sharing', ...CONSENT }, { purpose: 'protection', ...CONSENT }),
    both('withdraw_consent', { consent: consents.ordinary }, { consent: consents.secret }),
    both('add_note', { text: 'Rien' }, step(items.secret, { text: 'Rien' })),
  ]
}

/** By operation of the document; those of acts are above. */
export function routesOf({ number, items, arrival, document, manager }: Ground): Asked[] {
  const v1 = '/api/v1'
  const of = `${v1}/cases/${number}`
  const get = (name: string, path: string, at: At = 'home'): Asked => ({ name, method: 'GET', path, at })
  const send = (name: string, method: string, path: string, body: object, at: At = 'home'): Asked => ({
    name,
    method,
    path,
    body,
    at,
  })
  const plain: Record<string, string> = {
    getEntry: '',
    getCalendar: '/calendar',
    getMe: '/me',
    getHealth: '/health',
    listOpenings: '/openings',
    listPartners: '/partners',
    listPlaces: '/places',
    listProcedures: '/procedures',
    listRoles: '/roles',
    listUsers: '/users',
    listTokens: '/tokens',
    getCodeList: '/lists/transport',
    getProcedure: '/procedures/ml-referral/1',
    getProcedureSchema: '/procedures/ml-referral/1/schema',
    checkInvariants: '/invariants',
    countOverrides: '/overrides',
    getWorkload: '/workload',
    listWork: '/work',
    listOverdue: '/overdue',
    listCases: '/cases',
    listArrivals: '/arrivals',
    listHandovers: '/handovers',
    listGrants: '/grants',
    listBatches: '/batches',
    listEvents: '/events',
  }
  const parts: Record<string, string> = {
    listClocks: 'clocks',
    listDisclosures: 'disclosures',
    listDocuments: 'documents',
    explainCase: 'explain',
    getLiveCase: 'live',
    listNotices: 'notices',
    getTimeline: 'timeline',
    listReads: 'reads',
  }
  return [
    ...Object.entries(plain).map(([name, path]) => get(name, `${v1}${path}`)),
    ...Object.entries(parts).map(([name, part]) => get(name, `${of}/${part}`)),
    get('listTroubles', `${v1}/troubles`, 'country'),
    get('getCase', of),
    get('getWorkItem', `${v1}/work/${items.task}`),
    get('getWorkItem (restricted)', `${v1}/work/${items.secret}`, 'centre'),
    send('saveDraft', 'PUT', `${v1}/work/${items.task}/draft`, { answers: {} }),
    send('saveDraft (restricted)', 'PUT', `${v1}/work/${items.secret}/draft`, { answers: {} }, 'centre'),
    send('makePartnerLink', 'POST', `${v1}/work/${items.task}/link`, {}),
    { ...get('startDocument', `${of}/documents`), method: 'POST', headers: TOO_LONG },
    get('readDocument', `${v1}/documents/${document}`),
    send('deleteDocument', 'DELETE', `${v1}/documents/${document}`, {}),
    send('openCase', 'POST', `${v1}/cases`, { opening: 'ml-reception', place: 'senou', answers: {} }, 'centre'),
    send('searchPerson', 'POST', `${v1}/cases/search`, { name: 'Awa Diarra' }),
    get('getArrival', `${v1}/arrivals/${arrival}`, 'centre'),
    get('listArrivalPeople', `${v1}/arrivals/${arrival}/people`, 'centre'),
    send(
      'addPeople',
      'POST',
      `${v1}/arrivals/${arrival}/actions/add_people?preview=true`,
      { people: [{ row: '1', answers: {} }] },
      'centre',
    ),
    send('announceArrival', 'POST', `${v1}/arrivals`, { place: 'senou', channel: 'none' }, 'centre'),
    send('handOver', 'POST', `${v1}/handovers`, {
      from: manager,
      to: ['usr-nobody'],
      reason: 'leave',
      until: '2026-12-12',
    }),
    send('grantRole', 'POST', `${v1}/grants`, { user: 'usr-nobody', role: 'trafficking_focal', place: 'ml-kayes' }),
    send('beginBatch', 'POST', `${v1}/batches?preview=true`, FREEZE, 'country'),
    send(
      'declareDayOff',
      'POST',
      `${v1}/calendar/days`,
      { date: '2020-01-01', title: { fr: 'x', en: 'x' } },
      'country',
    ),
    send('advanceDate', 'POST', `${v1}/training/advances`, { to: '2020-01-01' }),
  ]
}

/** Operations that only whoever began something asks again, or that follow from another row. */
export const BESIDE: Record<string, string> = {
  signIn: 'asks for a secret instead of a role',
  signOut: 'one’s own tokens',
  getAction: 'whoever knows the case; the key is the sender’s own',
  getArrivalAction: 'whoever knows the arrival; the key is the sender’s own',
  sendPiece: 'whoever began the document',
  deleteDraft: 'one’s own drafts, as `saveDraft`',
  getHandover: 'supervisors of its places, and those whom it names',
  answerGrant:
    'whoever holds the role there or above, and neither asked nor is to have it; whoever asked takes it back',
  getBatch: 'whoever could have begun it in each of its cases',
  liftBatch: 'whoever could have begun it in each of its cases',
  getBroadcast: 'everybody, by its id',
  getAdvance: 'everybody, by its id',
}
