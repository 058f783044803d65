/** Mail that left is forgotten after seven days, and never goes a second time. */

import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { tellUnheld } from '../../activities/tell-unheld.ts'
import { forgetMail } from '../../database/queries/outbox.ts'
import { sendDueMail } from '../../worker/relay/send-due-mail.ts'
import { openPost, type Post } from '../../worker/relay/smtp.ts'
import { startSweeper } from '../../worker/sweeper.ts'
import { nobody } from '../temporal.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import { oneCase, type OneCase } from './outbox-of-a-case.ts'
import { PATIENCE_MS } from '../patience.ts'

let here: OneCase
let server: MailServer
let post: Post
beforeEach(async () => {
  ;[here, server] = await Promise.all([oneCase(inject('postgres')), startMailServer()])
  post = openPost(server.url)
  await here.person('hawa', 'case_manager', 'ml-kayes')
  await here.person('moussa', 'supervisor', 'ml-kayes')
})
afterEach(async () => {
  post.close()
  await server.stop()
  await here.db.drop()
})

async function relayed(): Promise<number> {
  const before = server.mails.length
  await sendDueMail({
    sql: here.db.sql,
    post,
    owner: randomUUID(),
    installation: { id: '5f0c', kind: 'training' },
    from: 'Segin <segin@segin.example>',
    url: 'http://127.0.0.1:7777',
    country: here.country,
    tell: () => {},
  })
  return server.mails.length - before
}
/** Everything in the outbox happened so many days earlier. */
const older = (days: number) =>
  here.db
    .sql`update outbox set sent = sent - ${days} * interval '1 day', next_try = next_try - ${days} * interval '1 day',
    added = added - ${days} * interval '1 day'`
const forget = (): Promise<number> => forgetMail(here.db.sql)
const states = async (): Promise<string[]> => (await here.rows()).map(({ state }) => state).toSorted()
const parked = (key: string) => here.db.sql`update outbox set state = 'parked', problem = '550' where key = ${key}`

describe('mail that left', () => {
  it('is forgotten by the sweeper after seven days, and not before', async () => {
    await here.add({})
    expect(await relayed()).toBe(1)
    await older(6.9)
    expect(await forget()).toBe(0)
    await older(0.2)
    const stop = startSweeper({ sql: here.db.sql, temporal: nobody() }, pino({ level: 'silent' }))
    await vi.waitFor(async () => expect(await here.rows()).toEqual([]), PATIENCE_MS)
    stop()
  })

  it('does not go twice when its row is written again', async () => {
    const key = await here.add({})
    expect(await relayed()).toBe(1)
    await older(8)
    expect(await forget()).toBe(1)
    await here.db.sql`insert into outbox (key, case_id, item, notice, role, place, due, restricted)
      values (${key}, ${here.caseId}, 'referral-k7m.need.1', 'reminder', 'case_manager', 'ml-kayes', now(), false)`
    expect(await relayed()).toBe(0)
    expect(await here.rows()).toEqual([])
  })

  it('about a role that is empty for weeks goes once, though it is looked for every minute', async () => {
    await here.db.sql`update users set active = false where id = 'usr-hawa'`
    expect(await tellUnheld({ sql: here.db.sql })).toBe(1)
    expect(await relayed()).toBe(1)
    await older(8)
    expect(await forget()).toBe(1)
    expect(await tellUnheld({ sql: here.db.sql })).toBe(0)
    expect(await relayed()).toBe(0)
  })

  it('leaves a digest that says nothing of what it was about, and that goes when the case is closed', async () => {
    const key = await here.add({})
    await relayed()
    await older(8)
    await forget()
    const [kept] = await here.db
      .sql`select digest, digest = sha256(convert_to(${key}, 'UTF8')) as same from outbox_done`
    expect([kept?.['digest'].length, kept?.['same']]).toEqual([32, true])
    await here.db.sql`update cases set status = 'closed'`
    await forget()
    expect(await here.db.sql`select 1 from outbox_done`).toHaveLength(0)
  })
})

describe('what has not left', () => {
  it('is never forgotten: it waits, however long the mail server is away', async () => {
    await here.add({})
    await older(400)
    expect(await forget()).toBe(0)
    expect(await relayed()).toBe(1)
  })

  it('and was set aside waits for a person while what it asks for is still to be done', async () => {
    const open = await here.add({})
    const over = await here.add({ item: 'referral-k7m.earlier.1' })
    const erase = await here.add({ item: 'referral-k7m.earlier.1', notice: 'erase', role: 'partner:clinic' })
    for (const key of [open, over, erase]) await parked(key)
    await older(8)
    expect(await forget()).toBe(1)
    expect((await here.rows()).map(({ key }) => key).toSorted()).toEqual([open, erase].toSorted())
  })

  it('cannot be removed by the application in any other way', async () => {
    await here.add({})
    await expect(here.db.sql`delete from outbox`).rejects.toThrow(/permission denied/)
    await expect(here.db.sql`delete from outbox_done`).rejects.toThrow(/permission denied/)
    expect(await states()).toEqual(['pending'])
  })
})
