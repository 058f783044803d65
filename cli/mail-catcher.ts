/** Takes every mail that is sent to it, keeps it, shows it, and lets nothing out: for training installations. */

import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { callbackify } from 'node:util'
import { serve } from '@hono/node-server'
import { SMTPServer } from 'smtp-server'
import { z } from 'zod'
import { ConfigurationWrong } from './configuration.ts'
import { MailFolder } from '../local/mail/kept-mail.ts'
import { mailPages } from '../local/mail/pages.ts'
import { untilStopped } from './until-stopped.ts'

const environment = z.object({
  SEGIN_MAIL_FOLDER: z.string().min(1),
  SEGIN_MAIL_SMTP_PORT: z.coerce.number().int().default(1025),
  SEGIN_MAIL_HTTP_PORT: z.coerce.number().int().default(7778),
  SEGIN_MAIL_HOST: z.string().default('127.0.0.1'),
})
const LARGEST = 1_000_000

export interface MailCatcher {
  smtpPort: number
  httpPort: number
  stop(): Promise<void>
}

export async function startMailCatcher(folder: string, host: string, smtp: number, http: number): Promise<MailCatcher> {
  const kept = await MailFolder.open(folder)
  const keep = callbackify((raw: Buffer) => kept.keep(raw))
  const catcher = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST,
    logger: false,
    onData(stream, _session, done) {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error('too large'), { responseCode: 552 }))
        keep(Buffer.concat(pieces), (error) => {
          done(error ? Object.assign(new Error('not kept'), { responseCode: 451 }) : undefined)
        })
      })
    },
  })
  // A client that goes away in the middle is its own affair.
  catcher.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    catcher.server.once('error', reject)
    catcher.listen(smtp, host, resolve)
  })
  const pages = await new Promise<Server>((resolve) => {
    const server = serve({ fetch: mailPages(kept).fetch, hostname: host, port: http }, () => resolve(server)) as Server
  })
  return {
    smtpPort: portOf(catcher.server.address()),
    httpPort: portOf(pages.address()),
    async stop() {
      await new Promise<void>((resolve) => catcher.close(() => resolve()))
      pages.closeAllConnections()
      await new Promise<void>((resolve) => pages.close(() => resolve()))
    },
  }
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address ? address.port : 0

export async function runMailCatcher(env: NodeJS.ProcessEnv): Promise<number> {
  const parsed = environment.safeParse(env)
  if (!parsed.success) throw new ConfigurationWrong('SEGIN_MAIL_FOLDER names the folder that mail is kept in')
  const { SEGIN_MAIL_FOLDER, SEGIN_MAIL_SMTP_PORT, SEGIN_MAIL_HTTP_PORT, SEGIN_MAIL_HOST } = parsed.data
  const catcher = await startMailCatcher(SEGIN_MAIL_FOLDER, SEGIN_MAIL_HOST, SEGIN_MAIL_SMTP_PORT, SEGIN_MAIL_HTTP_PORT)
  await untilStopped()
  await catcher.stop()
  return 0
}
