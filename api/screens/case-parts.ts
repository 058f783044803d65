/** Parts of a case that have a page of their own: every clock that runs, and every document that was joined. */

import { z } from '@hono/zod-openapi'
import { answer } from '../openapi/answers.ts'
import { ArithmeticLine, runningDeadline } from '../openapi/deadlines.ts'
import { arithmetic } from '../../cases/words/arithmetic.ts'
import { entriesIn } from '../../cases/view.ts'
import { loadLedger } from '../../database/ledger.ts'
import { findDocument } from '../../database/queries/documents.ts'
import { loadCase } from '../case/load-case.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { CaseParam } from '../openapi/parameters.ts'
import { textOf } from '../texts/form-texts.ts'
import { deadlineOf, lineOf } from './deadline.ts'
import { none, reads } from '../openapi/read-route.ts'

const RunningClock = answer({
  ...runningDeadline,
  kind: z.enum(['opens', 'due', 'lapses']).openapi({ description: 'lapses: time ends the step' }),
  step: z.string().openapi({ description: 'Work item' }),
  title: z.string(),
  arithmetic: z.array(ArithmeticLine),
}).openapi('RunningClock')
const ClockList = answer({ items: z.array(RunningClock) }).openapi('ClockList')
const JoinedDocument = answer({
  id: z.string(),
  label: z.string(),
  step: z.string().openapi({ description: 'Work item' }),
  title: z.string().openapi({ description: 'Of the step' }),
  on: z.iso.date(),
  media_type: z.string().nullable(),
  bytes: z.number().int().nullable(),
  href: z.string(),
}).openapi('JoinedDocument')
const DocumentList = answer({ items: z.array(JoinedDocument) }).openapi('DocumentList')

const clocksRoute = reads({
  path: '/api/v1/cases/{case}/clocks',
  operationId: 'listClocks',
  tag: 'cases',
  summary: 'Every clock that runs in a case, with its arithmetic',
  schema: ClockList,
  params: CaseParam,
  query: none,
})
const documentsRoute = reads({
  path: '/api/v1/cases/{case}/documents',
  operationId: 'listDocuments',
  tag: 'cases',
  summary: 'Documents joined to the steps of a case, newest first',
  schema: DocumentList,
  params: CaseParam,
  query: none,
})

export const registerCaseParts = (app: ApiApp, deps: Deps): void => {
  app.openapi(clocksRoute, async (c) => {
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const ledger = await loadLedger(deps.sql, deps.ring, loaded.caseId)
    const entries = entriesIn(loaded.seen, ledger?.entries ?? [])
    const labels = loaded.labelsOf(loaded.state)
    const { settings, now } = loaded.world
    const items: z.infer<typeof RunningClock>[] = Object.entries(loaded.seen.clocks)
      .toSorted(([, a], [, b]) => a.target - b.target)
      .map(([id, clock]) => ({
        ...deadlineOf(loaded, id, clock),
        kind: clock.kind,
        step: `${loaded.number}.${clock.item}`,
        title: labels.step(clock.item),
        arithmetic: arithmetic(clock, settings, now, loaded.language, { entries }).map(lineOf),
      }))
    return c.json({ items }, 200)
  })
  app.openapi(documentsRoute, async (c) => {
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const ledger = await loadLedger(deps.sql, deps.ring, loaded.caseId)
    const labels = loaded.labelsOf(loaded.state)
    const joined = entriesIn(loaded.seen, ledger?.entries ?? []).flatMap(({ at, event }) => {
      if (event.kind !== 'step_ended') return []
      const { item } = event
      const [run = '', step = ''] = item.split('.')
      const texts = textOf(deps.country, loaded.seen.runs[run]?.procedure.id ?? '', step)
      return Object.entries(event.evidence).flatMap(([evidence, items]) =>
        items.flatMap((one) =>
          'document' in one
            ? [{ id: one.document, label: texts?.evidence?.[evidence]?.label[loaded.language] ?? evidence, item, at }]
            : [],
        ),
      )
    })
    const items = await Promise.all(
      joined.toReversed().map(async ({ id, label, item, at }): Promise<z.infer<typeof JoinedDocument>> => {
        const row = await findDocument(deps.sql, id)
        return {
          id,
          label,
          step: `${loaded.number}.${item}`,
          title: labels.step(item),
          on: new Date(at).toISOString().slice(0, 10),
          media_type: row?.mediaType ?? null,
          bytes: row?.bytes ?? null,
          href: `/api/v1/documents/${id}`,
        }
      }),
    )
    return c.json({ items }, 200)
  })
}
