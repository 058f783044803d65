/** Mail that was caught: one .eml file each, in the order it came. */

import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'

export interface KeptMail {
  /** Its number in the folder, from 1. */
  id: number
  message_id: string
  from: string
  /** Addresses, with commas between. */
  to: string
  subject: string
  /** Real time. */
  received: string
  /** Kinds of notice in it: reminder, due, escalation, outcome, assigned. */
  notices: string[]
  text: string
}
const NAME = /^(\d{6,})-(\d+)\.eml$/

export class MailFolder {
  private readonly path: string
  private readonly mails: KeptMail[] = []
  private last = 0
  private keeping: Promise<void> = Promise.resolve()

  private constructor(path: string) {
    this.path = path
  }

  static async open(path: string): Promise<MailFolder> {
    await mkdir(path, { recursive: true, mode: 0o700 })
    const folder = new MailFolder(path)
    for (const name of (await readdir(path)).toSorted()) {
      const [, id, at] = NAME.exec(name) ?? []
      if (id === undefined || at === undefined) continue
      folder.last = Number(id)
      folder.mails.push(await parsed(Number(id), Number(at), await readFile(join(path, name))))
    }
    return folder
  }

  /** In the order they came. */
  all(): readonly KeptMail[] {
    return this.mails
  }

  /** Written before it answers: a mail that was taken is not lost. */
  keep(raw: Buffer): Promise<void> {
    const kept = this.keeping.then(async () => {
      const id = this.last + 1
      const at = Date.now()
      const mail = await parsed(id, at, raw)
      const path = join(this.path, `${String(id).padStart(6, '0')}-${at}.eml`)
      await writeFile(`${path}.new`, raw, { mode: 0o600 })
      await rename(`${path}.new`, path)
      this.last = id
      this.mails.push(mail)
    })
    this.keeping = kept.catch(() => {})
    return kept
  }
}

async function parsed(id: number, at: number, raw: Buffer): Promise<KeptMail> {
  const mail = await simpleParser(raw)
  const to = [mail.to ?? []].flat().flatMap((list) => list.value.map((one) => one.address ?? ''))
  const notices = mail.headers.get('x-segin-notices')
  return {
    id,
    message_id: mail.messageId ?? '',
    from: mail.from?.text ?? '',
    to: to.join(', '),
    subject: mail.subject ?? '',
    received: new Date(at).toISOString(),
    notices: typeof notices === 'string' ? notices.split(' ') : [],
    text: mail.text ?? '',
  }
}
