/** Links by which a partner answers without an account: only a digest is kept. */

import { createHash } from 'node:crypto'
import type { Sql, Transaction } from '../connect.ts'

export interface PartnerLink {
  caseId: string
  run: string
  partner: string
}
const digest = (token: string): string => createHash('sha256').update(token).digest('hex')

/** `by`: the user who made it, or `relay`. */
export async function addPartnerLink(sql: Sql, token: string, link: PartnerLink, by: string): Promise<void> {
  await sql`insert into partner_links (hash, case_id, run, partner, by_user)
    values (${digest(token)}, ${link.caseId}, ${link.run}, ${link.partner}, ${by}) on conflict do nothing`
}

/** undefined when nobody made it, it was ended, or the partner's agreement has. */
export async function partnerLinkBySecret(sql: Sql, token: string, today: string): Promise<PartnerLink | undefined> {
  const [row] = await sql<PartnerLink[]>`select l.case_id, l.run, l.partner
    from partner_links l join partners p on p.id = l.partner
    where l.hash = ${digest(token)} and l.ended is null and (p.agreement_until is null or p.agreement_until >= ${today})`
  return row
}

export async function endPartnerLinks(sql: Sql | Transaction, caseId: string, run: string): Promise<void> {
  await sql`update partner_links set ended = now() where case_id = ${caseId} and run = ${run} and ended is null`
}
