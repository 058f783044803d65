/** A role left empty where work waits for it: the next rung is told at once and once, and the hole is listed. */

import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { tellUnheld } from '../../activities/tell-unheld.ts'
import { allStaffingHoles } from '../../database/queries/troubles.ts'
import { sendDueMail } from '../../worker/relay/send-due-mail.ts'
import { openPost, type Post } from '../../worker/relay/smtp.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import { NUMBER, oneCase, type OneCase } from './outbox-of-a-case.ts'

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

const told = (): Promise<number> => tellUnheld({ sql: here.db.sql })
const holes = async (): Promise<string[]> =>
  (await allStaffingHoles(here.db.sql)).map(({ role, place }) => `${role} ${place}`)
const leaves = (user: string) => here.db.sql`update users set active = false where id = ${user}`
const isAway = (user: string) => here.db.sql`update users set away_from = current_date where id = ${user}`
const isBack = (user: string) => here.db.sql`update users set away_from = null where id = ${user}`
async function read(): Promise<string[]> {
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
  return server.mails.slice(before).map((mail) => `${[mail.to ?? []].flat()[0]?.text}: ${mail.subject}`)
}

describe('a role left empty', () => {
  it('by a departure: the hole is listed and the next rung told at once, and once', async () => {
    expect(await told()).toBe(0)
    await leaves('usr-hawa')
    expect(await told()).toBe(1)
    expect(await holes()).toEqual(['case_manager ml-kayes'])
    expect(await read()).toEqual([`moussa@segin.example: [Formation] Dossier ${NUMBER} : plus personne pour une étape`])
    expect(await told()).toBe(0)
    expect(await read()).toEqual([])
  })

  it('by an absence is filled by the return, and told again the next time', async () => {
    await isAway('usr-hawa')
    expect(await told()).toBe(1)
    await isBack('usr-hawa')
    expect(await told()).toBe(0)
    expect(await holes()).toEqual([])
    await isAway('usr-hawa')
    expect(await told()).toBe(1)
  })

  it('by the end of a holding is found like any other', async () => {
    await here.db.sql`update holdings set until = current_date - 1 where user_id = 'usr-hawa'`
    await here.db.sql`update open_steps set owner = null`
    expect(await told()).toBe(1)
  })

  it('tells whoever is next when the next is missing too', async () => {
    await here.person('ibrahim', 'national_coordination', 'ml')
    await leaves('usr-hawa')
    await leaves('usr-moussa')
    await told()
    expect(await read()).toEqual([expect.stringMatching(/^ibrahim@/)])
  })

  it('is told of by one of two workers that look at once', async () => {
    await leaves('usr-hawa')
    const both = await Promise.all([told(), told()])
    expect(both.toSorted()).toEqual([0, 1])
  })
})

describe('nobody is told', () => {
  it('while a colleague holds the role there, or above', async () => {
    await here.person('oumar', 'case_manager', 'ml')
    await leaves('usr-hawa')
    expect(await told()).toBe(0)
  })

  it('while somebody who is here has the step by name', async () => {
    await here.db.sql`update holdings set until = current_date - 1 where user_id = 'usr-hawa'`
    expect(await told()).toBe(0)
    await here.db.sql`update open_steps set owner = null, users = '{usr-moussa}'`
    expect(await told()).toBe(0)
  })

  it('while another role may do the step', async () => {
    await here.db.sql`update open_steps set roles = '{case_manager,supervisor}'`
    await leaves('usr-hawa')
    expect(await told()).toBe(0)
    expect(await holes()).toEqual([])
  })

  it('of restricted work, and it makes no hole', async () => {
    await here.db.sql`update open_steps set visible_to = '{trafficking_focal}', roles = '{trafficking_focal}'`
    await leaves('usr-hawa')
    expect(await told()).toBe(0)
    expect(await holes()).toEqual([])
  })
})
