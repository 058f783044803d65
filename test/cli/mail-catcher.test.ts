import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MailCatcher, startMailCatcher } from '../../cli/mail-catcher.ts'
import type { KeptMail } from '../../local/mail/kept-mail.ts'
import { openPost, type Letter } from '../../worker/relay/smtp.ts'

let folder: string
let catcher: MailCatcher
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segin-mail-'))
  catcher = await startMailCatcher(folder, '127.0.0.1', 0, 0)
})
afterEach(async () => {
  await catcher.stop()
  await rm(folder, { recursive: true })
})

const letter = (over: Partial<Letter> = {}): Letter => ({
  from: 'Segin <segin@segin.example>',
  to: ['hawa@segin.example'],
  subject: 'Dossier 26-3416-724 : à faire',
  text: 'Bonjour,\n\nune étape vous attend.',
  messageId: '<one@segin.example>',
  headers: { 'X-Segin-Notices': 'reminder' },
  ...over,
})
async function send(...letters: Letter[]): Promise<void> {
  const post = openPost(`smtp://127.0.0.1:${catcher.smtpPort}`)
  for (const one of letters) expect(await post.send(one)).toEqual({ kind: 'sent' })
  post.close()
}
async function messages(query = ''): Promise<KeptMail[]> {
  const answer = await fetch(`http://127.0.0.1:${catcher.httpPort}/messages.json${query}`)
  return (await answer.json()) as KeptMail[]
}

it('keeps every mail as a file that only its owner reads, and tells it as JSON', async () => {
  await send(letter())
  const [mail] = await messages()
  expect(mail).toMatchObject({
    id: 1,
    message_id: '<one@segin.example>',
    to: 'hawa@segin.example',
    subject: 'Dossier 26-3416-724 : à faire',
    notices: ['reminder'],
  })
  expect(mail?.text).toContain('une étape vous attend.')
  const [file] = await readdir(folder)
  expect(await readFile(join(folder, file!), 'utf8')).toContain('Message-ID: <one@segin.example>')
})

it('remembers mail over a restart and goes on counting', async () => {
  await send(letter())
  await catcher.stop()
  catcher = await startMailCatcher(folder, '127.0.0.1', 0, 0)
  await send(letter({ to: ['modibo@segin.example'] }))
  expect((await messages()).map((mail) => mail.id)).toEqual([1, 2])
  expect((await messages('?to=modibo@segin.example')).map((mail) => mail.id)).toEqual([2])
  expect((await messages('?after=1')).map((mail) => mail.id)).toEqual([2])
})

it('shows what a mail says without letting it act on the page', async () => {
  await send(letter({ subject: '<script>alert(1)</script>', text: '<img src=x onerror=alert(1)>' }))
  const list = await (await fetch(`http://127.0.0.1:${catcher.httpPort}/`)).text()
  const answer = await fetch(`http://127.0.0.1:${catcher.httpPort}/1`)
  const page = await answer.text()
  for (const text of [list, page]) expect(text).not.toMatch(/<script>alert|<img src=x/)
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
})
