/** Which rows go out together: one mail for the same readers, and a mail once named keeps its rows. */

import { createHash } from 'node:crypto'
import type { Line } from './texts.ts'
import type { Reader, Readers } from './readers.ts'

export interface Mail {
  messageId: string
  lines: Line[]
  people: Reader[]
  /** Set when the readers are a partner, who gets a link of their own. */
  partner: string | null
}
export interface Addressed {
  line: Line
  readers: Exclude<Readers, { kind: 'nobody' }>
}
const MOST_IN_ONE = 40

export function mailsOf(addressed: Addressed[], installation: string, domain: string): Mail[] {
  const groups = new Map<string, Addressed[]>()
  for (const one of addressed.toSorted((a, b) => (a.line.claim.key < b.line.claim.key ? -1 : 1))) {
    const key = groupOf(one)
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((group) =>
    slices(group).map((part) => {
      const lines = part.map((one) => one.line)
      const readers = part[0]?.readers
      return {
        messageId: lines[0]?.claim.messageId ?? nameOf(lines, installation, domain),
        lines,
        people: readers?.people ?? [],
        partner: readers?.kind === 'partner' ? readers.partner : null,
      }
    }),
  )
}

/** A partner's link opens one case; what is restricted is never listed beside what is not. */
function groupOf({ line: { claim, about }, readers }: Addressed): string {
  if (claim.messageId !== null) return claim.messageId
  const people = readers.people
    .map((one) => one.id)
    .toSorted()
    .join(' ')
  const alone = readers.kind === 'partner' ? [about.caseId, about.run, claim.notice === 'erase'] : null
  return JSON.stringify([people, claim.restricted, alone])
}

function slices<T>(items: T[]): T[][] {
  const parts: T[][] = []
  for (let at = 0; at < items.length; at += MOST_IN_ONE) parts.push(items.slice(at, at + MOST_IN_ONE))
  return parts
}

function nameOf(lines: Line[], installation: string, domain: string): string {
  const digest = createHash('sha256').update(JSON.stringify([installation, ...lines.map((one) => one.claim.key)]))
  return `<${digest.digest('hex').slice(0, 32)}@${domain}>`
}
