/** What has happened in a case, newest first; entry ids are opaque, since numbers would tell of hidden ones. */

import { z } from '@hono/zod-openapi'
import { shortDigest } from '../../cases/chain.ts'
import type { Entry, EvidenceItem } from '../../cases/events.ts'
import { entriesIn } from '../../cases/view.ts'
import { loadLedger } from '../../database/ledger.ts'
import { noticesOf } from '../../database/queries/outbox.ts'
import { type LoadedCase, loadCase } from '../case/load-case.ts'
import type { CaseLabels } from '../case/labels.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { answer, InstantText, orNull } from '../openapi/answers.ts'
import { told } from '../openapi/entries.ts'
import { AfterQuery, PageQuery, PageSays } from '../openapi/page.ts'
import { CaseParam } from '../openapi/parameters.ts'
import { entryBody, partnerIn, partnerOf } from '../texts/entries.ts'
import { noticeId, noticeOfRung } from '../case/notice-id.ts'
import { partnerNames } from '../texts/names.ts'
import { problem } from '../problems/problem.ts'
import { pageAsked, pageEnd } from '../auth/cursor.ts'
import { isKnown } from '../case/case-visibility.ts'
import { none, reads } from '../openapi/read-route.ts'

const TimelineEntry = answer({
  id: z.string(),
  ...told,
  via: orNull(z.enum(['app', 'phone', 'paper', 'link'])).openapi({ description: 'Which way an act came' }),
  documents: z.array(z.string()).optional().openapi({ description: 'Ids of the documents of a step that ended' }),
  notice: z.string().optional().openapi({ description: 'Id of the notice that went out' }),
}).openapi('TimelineEntry')
const Timeline = answer({ entries: z.array(TimelineEntry), ...PageSays }).openapi('Timeline')
const ToldWhom = answer({
  role: z.string().nullable(),
  partner: z.string().nullable(),
  user: z.string().nullable(),
}).openapi('ToldWhom', { description: 'Names: one is told, the others are null' })
const Notice = answer({
  id: z.string(),
  about: z.string().openapi({ description: 'Work item' }),
  title: z.string().openapi({ description: 'Of the step' }),
  notice: z.string().openapi({ description: 'Which text is sent' }),
  rung: z.string().nullable(),
  to: ToldWhom,
  due: InstantText,
  state: z.enum(['pending', 'sent', 'parked', 'dropped']),
  sent: orNull(InstantText),
}).openapi('Notice')
const NoticeList = answer({ items: z.array(Notice), next: orNull(z.string()) }).openapi('NoticeList')

const timelineRoute = reads({
  path: '/api/v1/cases/{case}/timeline',
  operationId: 'getTimeline',
  tag: 'cases',
  summary: 'What has happened in a case, newest first',
  schema: Timeline,
  params: CaseParam,
  query: z.strictObject({
    ...PageQuery,
    after: AfterQuery,
  }),
})
const noticesRoute = reads({
  path: '/api/v1/cases/{case}/notices',
  operationId: 'listNotices',
  tag: 'cases',
  summary: 'Reminders, escalations and notices of a case of the last seven days, and whether they left',
  schema: NoticeList,
  params: CaseParam,
  query: none,
})

const toldWhom = (role: string, labels: CaseLabels, partner: (id: string) => string) => {
  const told = partnerOf(role)
  return {
    role: role.includes(':') ? null : labels.role(role),
    partner: told === null ? null : partner(told),
    user: role.startsWith('user:') ? labels.user(role.slice(5)) : null,
  }
}
/** Keyed, so that no number of an entry can be guessed from it. */
const idOf = (loaded: LoadedCase, entry: Entry): string => `e-${shortDigest([loaded.commitmentKey, entry.seq])}`

const viaOf = (entries: readonly Entry[]) =>
  new Map(entries.flatMap(({ action, event }) => (event.kind === 'action_taken' ? [[action, event.via] as const] : [])))
const documentsIn = (evidence: Record<string, EvidenceItem[]>): string[] =>
  Object.values(evidence).flatMap((items) => items.flatMap((one) => ('document' in one ? [one.document] : [])))

export const registerTimeline = (app: ApiApp, deps: Deps): void => {
  app.openapi(timelineRoute, async (c) => {
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const { limit = 20, after, cursor } = c.req.valid('query')
    const ledger = await loadLedger(deps.sql, deps.ring, loaded.caseId)
    const seen = entriesIn(loaded.seen, ledger?.entries ?? []).filter(({ event }) => isKnown(loaded.seen, event))
    const partner = await partnerNames(deps, seen.map(partnerIn))
    const labels = { ...loaded.labelsOf(loaded.state), partner }
    const all = seen
      .flatMap((entry) => {
        const body = entryBody(entry, labels, loaded)
        return body === null ? [] : [{ entry, body, id: idOf(loaded, entry) }]
      })
      .toReversed()
    const place = (id: string): number => {
      const at = all.findIndex((one) => one.id === id)
      if (at < 0) throw problem('cursor_expired')
      return at
    }
    const newer = after === undefined ? all : all.slice(0, place(after))
    const page = pageAsked<string>(deps, c, cursor, loaded.world.now)
    const from = page.after === null ? 0 : place(page.after) + 1
    const shown = newer.slice(from, from + limit)
    const via = viaOf(seen)
    const entries = shown.map(({ entry, body, id }) => ({
      id,
      ...body,
      via: (entry.action !== null && via.get(entry.action)) || null,
      ...(entry.event.kind === 'step_ended' ? { documents: documentsIn(entry.event.evidence) } : {}),
      ...(entry.event.kind === 'rung_fired' ? { notice: noticeOfRung(loaded, entry.event.clock, entry.event) } : {}),
    }))
    const next = from + limit < newer.length ? (shown.at(-1)?.id ?? null) : null
    const body: z.infer<typeof Timeline> = { entries, ...pageEnd(deps, c, page, next) }
    return c.json(body, 200)
  })
  app.openapi(noticesRoute, async (c) => {
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const labels = loaded.labelsOf(loaded.state)
    const rows = (await noticesOf(deps.sql, loaded.caseId)).filter(
      (row) => (row.item.split('.')[0] ?? '') in loaded.seen.runs,
    )
    const partner = await partnerNames(
      deps,
      rows.map(({ role }) => partnerOf(role)),
    )
    const items = rows.map((row) => ({
      id: noticeId(loaded, row.key),
      about: `${loaded.number}.${row.item}`,
      title: labels.step(row.item),
      notice: row.notice,
      rung: row.rung,
      to: toldWhom(row.role, labels, partner),
      due: row.due.toISOString(),
      state: row.state,
      sent: row.sent?.toISOString() ?? null,
    }))
    const body: z.infer<typeof NoticeList> = { items, next: null }
    return c.json(body, 200)
  })
}
