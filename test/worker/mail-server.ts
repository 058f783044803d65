/** A real mail server in this process, which does as it is told and remembers what it took. */

import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface MailServer {
  url: string
  mails: ParsedMail[]
  /** Answer this code to recipients whose address contains the text. */
  refuse(text: string, code: number): void
  /** Nobody listens any more, then again on the same port. */
  stop(): Promise<void>
  start(): Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const mails: ParsedMail[] = []
  const refusals = new Map<string, number>()
  let server: SMTPServer
  let port = 0
  const make = (): SMTPServer =>
    new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      closeTimeout: 100,
      onRcptTo({ address }, _session, done) {
        const code = [...refusals].find(([text]) => address.includes(text))?.[1]
        done(code === undefined ? null : Object.assign(new Error('no'), { responseCode: code }))
      },
      onData(stream, _session, done) {
        void simpleParser(stream).then((mail) => {
          mails.push(mail)
          setImmediate(done)
        })
      },
    })
  const start = async (): Promise<void> => {
    server = make()
    server.on('error', () => {})
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    port = (server.server.address() as AddressInfo).port
  }
  await start()
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse: (text, code) => void refusals.set(text, code),
    start,
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
