import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { claim, nameMail } from '../../database/queries/outbox.ts'
import { partnerLinkBySecret } from '../../database/queries/partner-links.ts'
import { sendDueMail, type Sending } from '../../worker/relay/send-due-mail.ts'
import { openPost, type Post } from '../../worker/relay/smtp.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import { NUMBER, oneCase, type OneCase } from './outbox-of-a-case.ts'

let here: OneCase
let server: MailServer
const posts: Post[] = []
beforeEach(async () => {
  ;[here, server] = await Promise.all([oneCase(inject('postgres')), startMailServer()])
  await here.person('hawa', 'case_manager', 'ml-kayes')
})
afterEach(async () => {
  for (const post of posts.splice(0)) post.close()
  await server.stop()
  await here.db.drop()
})

function relay(): Sending {
  const post = openPost(server.url)
  posts.push(post)
  return {
    sql: here.db.sql,
    post,
    owner: randomUUID(),
    installation: { id: '5f0c', kind: 'training' },
    from: 'Segin <segin@segin.example>',
    url: 'http://127.0.0.1:7777',
    country: here.country,
    tell: () => {},
  }
}
const readers = (): string[] =>
  server.mails.map(
    (mail) =>
      [mail.to ?? []]
        .flat()[0]
        ?.value.map((one) => one.address)
        .join(' ') ?? '',
  )
const states = async (): Promise<string[]> => (await here.rows()).map((row) => row.state)

describe('a mail', () => {
  it('goes to the owner, and says case, step, deadline and where to sign in, and no name', async () => {
    await here.add({ user: 'usr-hawa' })
    expect(await sendDueMail(relay())).toBe(1)
    expect(readers()).toEqual(['hawa@segin.example'])
    const [mail] = server.mails
    expect(mail?.subject).toContain(NUMBER)
    expect(mail?.subject).toMatch(/^\[Formation\] /)
    expect(mail?.text).toContain('Besoin et urgence')
    expect(mail?.text).toContain('vendredi 4 décembre')
    expect(mail?.text).toContain('http://127.0.0.1:7777')
    expect(mail?.text).not.toMatch(/Name of|Kayes|\{\w+\}/)
    expect(await here.rows()).toMatchObject([{ state: 'sent', sentTo: 'usr-hawa', messageId: mail?.messageId }])
  })

  it('is one for several rows of the same person', async () => {
    await here.add({})
    await here.add({ notice: 'due' })
    await sendDueMail(relay())
    expect(server.mails).toHaveLength(1)
    expect(server.mails[0]?.subject).toContain('2 étapes')
    expect(server.mails[0]?.text?.match(new RegExp(NUMBER, 'g'))).toHaveLength(2)
    expect(new Set((await here.rows()).map((row) => row.messageId)).size).toBe(1)
  })

  it('is written in the language of its reader', async () => {
    await here.person('jean', 'iom', 'ml', 'en')
    await here.add({ role: 'iom' })
    await sendDueMail(relay())
    expect(server.mails[0]?.text).toContain('Need and urgency')
    expect(server.mails[0]?.text).toContain('Friday 4 December')
  })

  it('about a restricted run says only that something waits, and stands alone', async () => {
    await here.add({ restricted: true })
    await here.add({})
    await sendDueMail(relay())
    expect(server.mails).toHaveLength(2)
    const silent = server.mails.find((mail) => !mail.subject?.includes(NUMBER))
    expect(silent?.text).not.toMatch(/26-|Besoin|Kayes|décembre/)
    expect([...(silent?.headers.keys() ?? [])]).not.toContain('x-segin-notices')
  })

  it('to a partner carries a link of its own, of which only a digest is kept', async () => {
    await here.add({ role: 'partner:clinic', notice: 'assigned' })
    await sendDueMail(relay())
    expect(readers()).toEqual(['clinic@partner.example'])
    const token = /\/r\/([\w-]+)/.exec(server.mails[0]?.text ?? '')?.[1] ?? ''
    const link = await partnerLinkBySecret(here.db.sql, token, '2026-11-23')
    expect(link).toEqual({ caseId: here.caseId, run: 'referral-k7m', partner: 'clinic' })
    const [row] = await here.db.sql`select hash from partner_links`
    expect(row?.['hash']).not.toContain(token)
  })
})

describe('whoever reads it', () => {
  it('is everybody who holds the role at the nearest place', async () => {
    await here.person('fatou', 'supervisor', 'ml-kayes')
    await here.person('issa', 'supervisor', 'ml-kayes')
    await here.person('far', 'supervisor', 'ml')
    await here.add({ role: 'supervisor', notice: 'escalation', place: 'kayes-centre' })
    await sendDueMail(relay())
    expect(readers()).toEqual(['fatou@segin.example issa@segin.example'])
  })

  it('is a colleague while the owner is away', async () => {
    await here.person('stand-in', 'case_manager', 'ml-kayes')
    await here.db.sql`update users set away_from = '2000-01-01', away_to = '2999-01-01' where id = 'usr-hawa'`
    await here.add({ user: 'usr-hawa' })
    await sendDueMail(relay())
    expect(readers()).toEqual(['stand-in@segin.example'])
  })

  it('is the next role up when nobody holds this one, and the hole is listed until somebody does', async () => {
    await here.person('bintou', 'regional_coordinator', 'ml-kayes')
    await here.add({ role: 'supervisor', notice: 'escalation' })
    await sendDueMail(relay())
    expect(readers()).toEqual(['bintou@segin.example'])
    expect(await here.db.sql`select role, place from staffing_holes`).toEqual([
      { role: 'supervisor', place: 'ml-kayes' },
    ])
    await here.person('fatou', 'supervisor', 'ml-kayes')
    await here.add({ role: 'supervisor', notice: 'escalation' })
    await sendDueMail(relay())
    expect(readers()[1]).toBe('fatou@segin.example')
    expect(await here.db.sql`select role from staffing_holes`).toEqual([])
  })

  it('is never somebody outside a restricted ladder, whose holes are not listed either', async () => {
    await here.person('nation', 'national_coordination', 'ml')
    await here.add({ role: 'trafficking_focal', restricted: true, notice: 'outcome', item: 'clearance-x1.first.1' })
    await sendDueMail(relay())
    expect(server.mails).toEqual([])
    expect(await here.rows()).toMatchObject([{ state: 'parked', problem: 'nobody_holds_role' }])
    expect(await here.db.sql`select role from staffing_holes`).toEqual([])
  })
})

describe('whom a run is about and hidden from', () => {
  beforeEach(async () => {
    await here.db.sql`update runs set hidden_from = 'usr-hawa'`
    await here.person('moussa', 'supervisor', 'ml-kayes')
  })
  it('is never told of it, as its owner or by their role: the next one up is', async () => {
    await here.add({ user: 'usr-hawa', restricted: false })
    await here.add({ role: 'case_manager', notice: 'due' })
    await sendDueMail(relay())
    expect(readers()).toEqual(['moussa@segin.example'])
  })
  it('is told of nothing even when nobody else is left', async () => {
    await here.add({ user: 'usr-hawa', role: 'case_manager', restricted: true })
    await sendDueMail(relay())
    expect(readers().filter((one) => one.includes('hawa'))).toEqual([])
  })
})

describe('a step that ended before its mail could go out', () => {
  it('is asked of nobody any more, and its outcome is told all the same', async () => {
    await here.add({ user: 'usr-hawa' })
    await here.add({ notice: 'escalation', role: 'supervisor' })
    await here.add({ notice: 'outcome', user: 'usr-hawa' })
    await here.db.sql`delete from open_steps`
    await sendDueMail(relay())
    expect(server.mails.map((mail) => mail.subject)).toEqual([expect.stringMatching(/du nouveau$/)])
    expect((await here.rows()).map((row) => row.state)).toEqual(['dropped', 'dropped', 'sent'])
  })
})

describe('a partner', () => {
  it('whose agreement has ended is sent nothing, and the owner of the step is told to choose another', async () => {
    await here.db.sql`update partners set agreement_until = '2020-01-01'`
    await here.add({ role: 'partner:clinic', notice: 'assigned' })
    await sendDueMail(relay())
    await sendDueMail(relay())
    expect(readers()).toEqual(['hawa@segin.example'])
    expect(server.mails[0]?.text).toContain('sa convention a pris fin')
    expect(await here.rows()).toMatchObject([{ state: 'parked', problem: 'agreement_ended' }, { state: 'sent' }])
  })
  it('is told nothing more of a step that is over, even by a mail that was already named', async () => {
    const key = await here.add({ role: 'partner:clinic', notice: 'assigned' })
    await here.db.sql`update outbox set message_id = '<before@segin.example>' where key = ${key}`
    await here.db.sql`delete from open_steps`
    await sendDueMail(relay())
    expect(server.mails).toEqual([])
    expect(await states()).toEqual(['dropped'])
  })
  it('gets a link of their own, told that a code comes another way; staff are told of no code', async () => {
    await here.add({ role: 'partner:clinic', notice: 'assigned' })
    await here.add({ user: 'usr-hawa' })
    await sendDueMail(relay())
    const textTo = (reader: string) => server.mails.find((mail) => JSON.stringify(mail.to).includes(reader))?.text ?? ''
    expect(textTo('clinic@partner.example')).toMatch(/\/r\/[\w-]{22}[^]*il faut un code[^]*au téléphone/)
    expect(textTo('clinic@partner.example')).not.toMatch(/\b\d{6}\b/)
    expect(textTo('hawa@segin.example')).not.toMatch(/\/r\/|code/)
  })
  it('is asked to erase what they received, without a link, though the step is over', async () => {
    await here.add({ role: 'partner:clinic', notice: 'erase' })
    await here.db.sql`delete from open_steps`
    await sendDueMail(relay())
    expect(readers()).toEqual(['clinic@partner.example'])
    expect(server.mails[0]?.text).toContain("Merci d'effacer")
    expect(server.mails[0]?.text).not.toContain('/r/')
    expect(await here.db.sql`select hash from partner_links`).toEqual([])
  })
  it('gets nothing that was let go while the mail was being written', async () => {
    await here.add({ role: 'partner:clinic', notice: 'assigned' })
    const one = relay()
    const [row] = await claim(here.db.sql, one.owner, 10, 60_000)
    await here.db.sql`update outbox set state = 'dropped'`
    expect(await nameMail(here.db.sql, one.owner, [row!.key], '<late@segin.example>')).toBe(0)
  })
})

describe('a mail server', () => {
  it('that is down loses nothing: every row goes out once it is back, once', async () => {
    await here.add({})
    await here.add({ role: 'partner:clinic', notice: 'assigned' })
    await server.stop()
    const one = relay()
    await sendDueMail(one)
    expect(await states()).toEqual(['pending', 'pending'])
    expect(await sendDueMail(one)).toBe(0)
    await server.start()
    await here.hurry()
    await sendDueMail(one)
    expect(await states()).toEqual(['sent', 'sent'])
    expect(server.mails).toHaveLength(2)
  })

  it('that refuses a reader for good leaves the mail where a person sees it, and the others go', async () => {
    await here.person('gone', 'iom', 'ml')
    server.refuse('gone@', 550)
    await here.add({ role: 'iom' })
    await here.add({})
    await sendDueMail(relay())
    expect(await here.rows()).toMatchObject([{ state: 'parked', problem: 'smtp 550' }, { state: 'sent' }])
  })

  it('that says not now is asked again, later each time', async () => {
    server.refuse('hawa@', 451)
    await here.add({})
    const waits: number[] = []
    for (let tries = 0; tries < 3; tries += 1) {
      await sendDueMail(relay())
      const [row] = await here.db.sql`select state, problem, extract(epoch from next_try - now()) as wait from outbox`
      expect(row).toMatchObject({ state: 'pending', problem: 'smtp 451' })
      waits.push(Number(row?.['wait']))
      await here.hurry()
    }
    expect(waits.toSorted((a, b) => a - b)).toEqual(waits)
  })
})

describe('however often a relay dies', () => {
  it('every copy of a mail carries one Message-ID, whatever else is due by then', async () => {
    await here.add({})
    const dying = relay()
    const [row] = await claim(here.db.sql, dying.owner, 10, 60_000)
    await nameMail(here.db.sql, dying.owner, [row!.key], '<before@segin.example>')
    await here.hurry()
    await here.add({ notice: 'due' })
    await sendDueMail(relay())
    expect(server.mails.map((mail) => mail.messageId)).toContain('<before@segin.example>')
    expect(server.mails).toHaveLength(2)
  })

  it('two at once send every row once', async () => {
    for (let n = 0; n < 30; n += 1) {
      await here.person(`p${n}`, `role_${n}`, 'ml-kayes')
      await here.add({ role: `role_${n}` })
    }
    const [one, two] = [relay(), relay()]
    await Promise.all([sendDueMail(one), sendDueMail(two)])
    expect(readers().toSorted()).toEqual([...new Set(readers())].toSorted())
    expect(server.mails).toHaveLength(30)
    expect(await states()).toEqual(Array.from({ length: 30 }, () => 'sent'))
  })
})
