/** Rule 9: the outbox. What waits to be mailed, or left a week ago at most, is ids, codes and instants: nobody's words. */

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sendDueMail } from '../../worker/relay/send-due-mail.ts'
import { openPost } from '../../worker/relay/smtp.ts'
import { type RealApi, startRealApi } from '../api/installed-api.ts'
import { askPartner, followedCase, must, rows } from '../api/screens/clerk.ts'
import { startMailServer } from '../worker/mail-server.ts'

const WORDS = ['Zinzolin', 'Amarante', 'Byzantium', 'Celadon', '70004567', '70 00 45 67']
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const CODE = '[a-z][a-z0-9_-]*'
const ITEM = `${CODE}-[a-z0-9]{3}\\.${CODE}\\.\\d+`
const WHO = `(?:(?:user|partner):)?${CODE}`
const INSTANT = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:\\d\\d)'
/** All that a column may hold, as text. */
const SHAPES: Record<string, string> = {
  key: `${UUID}/(?:\\d+|${ITEM}\\.${CODE}/[a-z0-9_.:%+-]+/${WHO})(?:/${CODE})*`,
  case_id: UUID,
  item: ITEM,
  notice: CODE,
  rung: '[a-z0-9_.:%+-]+',
  role: WHO,
  user_id: CODE.replace('-]', '.-]'),
  place: CODE,
  restricted: 'true|false',
  state: 'pending|sent|parked|dropped',
  attempts: '\\d+',
  lease_owner: UUID,
  sent_to: `[a-z0-9_.,-]+`,
  message_id: '<[0-9a-f]{32}@[a-z.]+>',
  problem: 'nobody_holds_role|partner_without_mail|agreement_ended|lease too short|smtp (?:\\d{3}|[A-Z]+)',
  due: INSTANT,
  next_try: INSTANT,
  lease_until: INSTANT,
  sent: INSTANT,
  added: INSTANT,
}

let api: RealApi
let kept: Record<string, unknown>[]
beforeAll(async () => {
  api = await startRealApi(inject('postgres'))
  await api.here.work()
  const [agent, supervisor, manager, coordinator] = await Promise.all(
    ['boubacar.dembele', 'moussa.traore', 'fatoumata.coulibaly', 'ibrahim.toure'].map(api.person),
  )
  if (!agent || !supervisor || !manager || !coordinator) throw new Error('nobody')
  const number = await followedCase(agent, supervisor, { name: 'Awa Zinzolin', phone: '+223 70 00 45 67' })
  const acts = `/api/v1/cases/${number}/actions`
  await askPartner(manager, number)
  await must(manager.post(`${acts}/add_note`, { text: 'Amarante' }))
  await must(manager.post(`${acts}/begin_procedure`, { procedure: 'ml-trafficking', answers: { report: 'Byzantium' } }))
  const people = rows(await must(supervisor.get('/api/v1/users?role=case_manager&place=ml-kayes')), '/items')
  const other = people.find((one) => one['label'] === 'Oumar Keita')?.['id']
  await must(supervisor.post(`${acts}/change_case_manager`, { to: other, reason: 'Celadon' }))
  const advance = { by: { amount: 40, unit: 'days' } }
  await must(coordinator.post('/api/v1/training/advances', advance, { Prefer: 'wait=25' }))
  await relayed()
  kept = (await api.here.db.sql`select to_jsonb(o) as row from outbox o`).map(({ row }) => row)
})
afterAll(() => api.end())

/** Some go out, some are refused for good, some must wait. */
async function relayed(): Promise<void> {
  const server = await startMailServer()
  server.refuse('oumou', 550)
  const post = openPost(server.url)
  await sendDueMail({
    sql: api.here.db.sql,
    post,
    owner: randomUUID(),
    installation: { id: '5f0c', kind: 'training' },
    from: 'Segin <segin@segin.example>',
    url: 'http://127.0.0.1:7777',
    country: api.here.country,
    tell: () => {},
  })
  post.close()
  await server.stop()
}

describe('a row of the outbox', () => {
  it('has been through everything that may happen to one', () => {
    const seen = (column: string) => new Set(kept.map((row) => row[column]))
    expect([...seen('state')].toSorted()).toEqual(expect.arrayContaining(['parked', 'sent']))
    expect([...seen('restricted')].toSorted()).toEqual([false, true])
    expect([...seen('problem')].some((one) => String(one).startsWith('smtp '))).toBe(true)
    expect([...seen('role')].some((one) => String(one).startsWith('partner:'))).toBe(true)
    expect(seen('rung').size).toBeGreaterThan(2)
  })

  it('holds ids, codes and instants, and has no room for anything else', () => {
    for (const row of kept)
      for (const [column, value] of Object.entries(row)) {
        const shape = SHAPES[column]
        expect(shape, `${column} is new: say what it may hold`).toBeDefined()
        if (value !== null) expect(String(value), column).toMatch(new RegExp(`^(?:${shape})$`))
      }
  })

  it('repeats no word, number or name of what was told', () => {
    for (const word of WORDS) expect(JSON.stringify(kept)).not.toContain(word)
  })
})
