/** One round: claim what is due, find its readers, send outside any transaction, mark it while the lease is held. */

import { randomBytes } from 'node:crypto'
import { dayOf } from '../../cases/clocks/civil.ts'
import type { Sql } from '../../database/connect.ts'
import { type MailSubject, mailSubjects } from '../../database/queries/mail.ts'
import {
  claim,
  drop,
  markSent,
  nameMail,
  type OutboxClaim,
  park,
  retryLater,
  tellOwnerInstead,
} from '../../database/queries/outbox.ts'
import { addPartnerLink } from '../../database/queries/partner-links.ts'
import { newestSettings } from '../../database/queries/settings.ts'
import type { Country } from '../../procedures/language/index.ts'
import { type Addressed, type Mail, mailsOf } from './mails.ts'
import { readersOf, type Staffing } from './readers.ts'
import type { Post } from './smtp.ts'
import { wordsOf } from './texts.ts'

export interface Sending {
  sql: Sql
  post: Post
  /** Names this relay in leases. */
  owner: string
  installation: { id: string; kind: 'training' | 'service' }
  from: string
  /** Where people sign in; partners' links lie under it. */
  url: string
  country: Country
  /** Told in numbers and codes only. */
  tell: (what: { sent: number } | { problem: string; rows: number }) => void
}
export const MOST_AT_ONCE = 200
const LEASE_MS = 120_000
/** No mail is begun when its lease could end before the mail server has answered. */
const LAST_START_MS = 60_000
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 30 * 60_000
const SIDE_BY_SIDE = 5

/** Answers how many rows were claimed. */
export async function sendDueMail(sending: Sending): Promise<number> {
  const { sql, owner } = sending
  const began = Date.now()
  const claims = await claim(sql, owner, MOST_AT_ONCE, LEASE_MS)
  if (claims.length === 0) return 0
  const settings = await newestSettings(sql)
  const now = began + (settings?.offsetMs ?? 0)
  const staffing: Staffing = {
    sql,
    places: settings?.places ?? {},
    today: dayOf(now),
    now,
    lastResort: lastResort(sending),
    found: new Map(),
  }
  const addressed = await address(sending, staffing, claims)
  const domain = /@([\w.-]+)/.exec(sending.from)?.[1] ?? 'segin.invalid'
  const mails = mailsOf(addressed, sending.installation.id, domain)
  let unreachable: string | null = null
  const next = async (): Promise<void> => {
    for (let mail = mails.shift(); mail; mail = mails.shift()) {
      if (Date.now() - began > LAST_START_MS) await retryLater(sql, owner, keysOf(mail), 0, 'lease too short')
      else if (unreachable === null) unreachable = await sendOne(sending, mail, staffing.today)
      else await postpone(sending, mail, unreachable)
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next))
  return claims.length
}

const keysOf = (mail: Mail): string[] => mail.lines.map((line) => line.claim.key)
const lastResort = ({ country }: Sending): string[] =>
  Object.entries(country.roles).flatMap(([role, { last }]) => (last ? [role] : []))

async function address(sending: Sending, staffing: Staffing, claims: OutboxClaim[]): Promise<Addressed[]> {
  const { sql, owner } = sending
  const subjects = await mailSubjects(sql, claims)
  const addressed: Addressed[] = []
  for (const [index, one] of claims.entries()) {
    const about = subjects[index]
    if (!about) continue
    if (asksInVain(one, about)) {
      await drop(sql, owner, [one.key])
      continue
    }
    const readers = await readersOf(staffing, one, about)
    if (readers.kind === 'nobody') {
      if (readers.problem === 'agreement_ended' && one.notice !== 'erase') await tellOwnerInstead(sql, one.key)
      await park(sql, owner, [one.key], readers.problem)
      sending.tell({ problem: readers.problem, rows: 1 })
    } else addressed.push({ line: { claim: one, about }, readers })
  }
  return addressed
}

/**
 * Nobody is asked for what is done by now. A mail that has its name may have gone out: it keeps its rows, unless they
 * would tell a partner what is no longer theirs to know.
 */
function asksInVain({ notice, messageId, role }: OutboxClaim, { open }: MailSubject): boolean {
  if (open || notice === 'outcome' || notice === 'erase') return false
  return messageId === null || role.startsWith('partner:')
}

/** Answers the problem when the mail server cannot be reached at all. */
async function sendOne(sending: Sending, mail: Mail, today: string): Promise<string | null> {
  const { sql, owner, installation, country } = sending
  const keys = keysOf(mail)
  const { messageId, people, lines } = mail
  if ((await nameMail(sql, owner, keys, messageId)) < keys.length) return null
  const link = mail.partner === null ? sending.url : await partnerLink(sending, mail, mail.partner)
  const languages = people.map((one) => one.language)
  const words = wordsOf(lines, link, languages, {
    country,
    training: installation.kind === 'training',
    coded: link !== sending.url,
    today,
  })
  const to = people.map((one) => one.email)
  const posted = await sending.post.send({ from: sending.from, to, ...words, messageId, headers: headersOf(mail) })
  switch (posted.kind) {
    case 'sent':
      await markSent(sql, owner, keys, people.map((one) => one.id).join(','), messageId)
      sending.tell({ sent: keys.length })
      return null
    case 'refused':
      await park(sql, owner, keys, posted.problem)
      sending.tell({ problem: posted.problem, rows: keys.length })
      return null
    case 'later':
      await postpone(sending, mail, posted.problem)
      return posted.unreachable ? posted.problem : null
  }
}

async function postpone({ sql, owner, tell }: Sending, mail: Mail, problem: string): Promise<void> {
  const tries = Math.max(...mail.lines.map((line) => line.claim.attempts))
  await retryLater(sql, owner, keysOf(mail), Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS), problem)
  tell({ problem, rows: mail.lines.length })
}

/** Made anew for each mail, since only its digest is kept. Who is asked to erase is given none. */
async function partnerLink({ sql, url }: Sending, { lines }: Mail, partner: string): Promise<string> {
  if (lines.some(({ claim }) => claim.notice === 'erase')) return url
  const token = randomBytes(16).toString('base64url')
  const about = lines[0]?.about
  if (about) await addPartnerLink(sql, token, { caseId: about.caseId, run: about.run, partner }, 'relay')
  return new URL(`/r/${token}`, url).href
}

function headersOf({ lines }: Mail): Record<string, string> {
  const open = lines.filter((line) => !line.claim.restricted)
  const notices = [...new Set(open.map((line) => line.claim.notice))].join(' ')
  return { 'Auto-Submitted': 'auto-generated', ...(notices === '' ? {} : { 'X-Segin-Notices': notices }) }
}
