import type { TestDatabase } from '../postgres.ts'

const TABLES = ['case_events', 'case_actions', 'personal_answers', 'partner_links', 'open_steps', 'reads', 'drafts']

/** A digest of every table that an answer could have changed. */
export async function whatIsKept({ sql }: TestDatabase): Promise<string[]> {
  const digests = await Promise.all(
    TABLES.map(
      (table) => sql`select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as all from ${sql(table)} t`,
    ),
  )
  return digests.map(([row]) => String(row?.['all']))
}
