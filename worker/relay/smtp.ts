/** Hands one mail to a real mail server, and says what came of it in codes: a server's own words may name people. */

import { createTransport } from 'nodemailer'

export interface Letter {
  from: string
  to: string[]
  subject: string
  text: string
  messageId: string
  headers: Record<string, string>
}
export type Posted =
  | { kind: 'sent' }
  /** The server refused this mail for good. */
  | { kind: 'refused'; problem: string }
  /** Not now; `unreachable` when no other mail would fare better. */
  | { kind: 'later'; problem: string; unreachable: boolean }

export interface Post {
  send(letter: Letter): Promise<Posted>
  close(): void
}

const PATIENCE_MS = 10_000
const ABOUT_THIS_MAIL = new Set(['EENVELOPE', 'EMESSAGE'])

export function openPost(url: string): Post {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 5,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: 2 * PATIENCE_MS,
  })
  return {
    async send(letter) {
      try {
        await transport.sendMail({ ...letter, encoding: 'utf-8' })
        return { kind: 'sent' }
      } catch (error) {
        return failed(error)
      }
    },
    close: () => transport.close(),
  }
}

function failed(error: unknown): Posted {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  const problem = `smtp ${responseCode ?? code ?? 'unknown'}`
  const aboutThisMail = ABOUT_THIS_MAIL.has(code ?? '')
  if (aboutThisMail && (responseCode === undefined || responseCode >= 500)) return { kind: 'refused', problem }
  return { kind: 'later', problem, unreachable: !aboutThisMail }
}
