/** A mail server that loses the line where it is told to, and remembers what it took. */

import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface TakenMail {
  messageId: string
  text: string
}
export interface MailSink {
  /** All that was taken over whole, also what its sender was never told of. */
  taken: TakenMail[]
  /** At the next mail: cut the line after its recipients, or take it whole and run this before anything is answered. */
  next: { kind: 'cut' } | { kind: 'taken'; meanwhile: () => Promise<void> } | null
  close(): Promise<void>
  open(): Promise<void>
}

export async function openMailSink(port: number): Promise<MailSink> {
  let server: SMTPServer
  const sink: MailSink = {
    taken: [],
    next: null,
    close: () => new Promise((resolve) => server.close(resolve)),
    open: async () => {
      server = serverOf(sink)
      server.on('error', () => {})
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
      if ((server.server.address() as AddressInfo).port !== port) throw new Error('the mail server has another port')
    },
  }
  await sink.open()
  return sink
}

function serverOf(sink: MailSink): SMTPServer {
  return new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onRcptTo(_address, _session, done) {
      const cut = sink.next?.kind === 'cut'
      if (cut) sink.next = null
      done(cut ? gone() : null)
    },
    onData(stream, _session, done) {
      // A sender that dies in the middle of its mail leaves nothing to take over.
      takeOver(sink, stream).then(
        (told) => setImmediate(done, told ? null : gone()),
        () => setImmediate(done, gone()),
      )
    },
  })
}

const gone = (): Error => Object.assign(new Error('gone'), { responseCode: 421 })

/** False when its sender shall not be told that the mail was taken over. */
async function takeOver(sink: MailSink, stream: Readable): Promise<boolean> {
  const { messageId = '', text = '' } = await simpleParser(stream)
  const { next } = sink
  sink.taken.push({ messageId, text })
  if (next?.kind !== 'taken') return true
  sink.next = null
  await next.meanwhile()
  return false
}
