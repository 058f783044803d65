/** What was sent, to look at: a list and one mail, and all as JSON at /messages.json. */

import { Hono } from 'hono'
import { html } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import type { KeptMail, MailFolder } from './kept-mail.ts'

const MOST = 500
const STYLE =
  'body{font:16px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}td,th{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top}pre{white-space:pre-wrap}'

/** `to`: one reader's address; `after`: only mail that came after this number. */
export function mailPages(folder: MailFolder): Hono {
  const app = new Hono()
  app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"] } }))
  app.get('/messages.json', (c) => {
    const { to, after = '0' } = c.req.query()
    return c.json(wanted(folder, to).filter((mail) => mail.id > Number(after)))
  })
  app.get('/', (c) => c.html(list(wanted(folder, c.req.query('to')))))
  app.get('/:id{[0-9]+}', (c) => {
    const mail = byId(folder, c.req.param('id'))
    return mail ? c.html(one(mail)) : c.notFound()
  })
  return app
}

const byId = (folder: MailFolder, id: string): KeptMail | undefined =>
  folder.all().find((mail) => mail.id === Number(id))

function wanted(folder: MailFolder, to: string | undefined): KeptMail[] {
  return folder.all().filter((mail) => to === undefined || mail.to.split(', ').includes(to))
}

function page(title: string, body: unknown) {
  return html`<!doctype html>
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`
}

function list(mails: KeptMail[]) {
  const newest = mails.toReversed().slice(0, MOST)
  const rows = newest.map(
    (mail) =>
      html`<tr>
        <td>${mail.received.slice(0, 16).replace('T', ' ')}</td>
        <td>${mail.to.split(', ').map((to) => html`<a href="/?to=${encodeURIComponent(to)}">${to}</a> `)}</td>
        <td><a href="/${mail.id}">${mail.subject}</a></td>
      </tr>`,
  )
  const body = html`<h1>Courriels envoyés / Mail sent</h1>
    <p>
      ${mails.length} — formation : rien ne quitte cette machine / training: nothing leaves this machine.
      <a href="/">Tout / all</a>
    </p>
    <table>
      <tr>
        <th>Reçu / received</th>
        <th>À / to</th>
        <th>Objet / subject</th>
      </tr>
      ${rows}
    </table>`
  return page('Segin — courriels', body)
}

function one(mail: KeptMail) {
  const body = html`<p><a href="/">← Courriels / mail</a></p>
    <h1>${mail.subject}</h1>
    <p>${mail.from} → ${mail.to}<br />${mail.received} · ${mail.message_id}</p>
    <pre>${mail.text}</pre>`
  return page(mail.subject, body)
}
