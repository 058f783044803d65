/** What partners were told of a case: what, to whom, under which consent, when; newest first. */

import { z } from '@hono/zod-openapi'
import { shortDigest } from '../../cases/chain.ts'
import type { Entry } from '../../cases/events.ts'
import { entriesIn } from '../../cases/view.ts'
import { loadLedger } from '../../database/ledger.ts'
import { loadCase } from '../case/load-case.ts'
import { answer, Named } from '../openapi/answers.ts'
import { sessionOf } from '../auth/session-of.ts'
import type { ApiApp, Deps } from '../context/deps.ts'
import { CaseParam } from '../openapi/parameters.ts'
import { named, partnerNames } from '../texts/names.ts'
import { none, reads } from '../openapi/read-route.ts'

const Disclosure = answer({
  id: z.string(),
  when: z.string(),
  step: z.string(),
  title: z.string(),
  to: Named,
  purpose: Named,
  under: answer({ id: z.string(), kind: z.enum(['consent', 'override']) }),
  what: z.array(Named),
}).openapi('Disclosure')
const DisclosureList = answer({ items: z.array(Disclosure) }).openapi('DisclosureList')

const route = reads({
  path: '/api/v1/cases/{case}/disclosures',
  operationId: 'listDisclosures',
  tag: 'cases',
  summary: 'What partners were told of a case, and under which consent, newest first',
  schema: DisclosureList,
  params: CaseParam,
  query: none,
})

/** Consents that were recorded as overrides, whatever became of them. */
const overrides = (entries: Entry[]): Set<string> =>
  new Set(
    entries.flatMap(({ event }) =>
      event.kind === 'consent_recorded' && event.consent.state === 'override' ? [event.consent.id] : [],
    ),
  )

export const registerDisclosures = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, c.req.valid('param').case)
    const ledger = (await loadLedger(deps.sql, deps.ring, loaded.caseId))?.entries ?? []
    const told = entriesIn(loaded.seen, ledger).flatMap(({ seq, at, event }) =>
      event.kind === 'disclosed' ? [{ seq, at, ...event }] : [],
    )
    const labels = loaded.labelsOf(loaded.state)
    const partner = await partnerNames(
      deps,
      told.map(({ to }) => to),
    )
    const without = overrides(ledger)
    const items = told.toReversed().map(({ seq, at, item, to, purpose, under, what }) => ({
      id: `dsc-${shortDigest([loaded.caseId, seq])}`,
      when: new Date(at).toISOString(),
      step: `${loaded.number}.${item}`,
      title: labels.step(item),
      to: named(to, partner),
      purpose: named(purpose, labels.purpose),
      under: { id: under, kind: without.has(under) ? ('override' as const) : ('consent' as const) },
      what: what.map((path) => named(path, () => labels.told(item, path))),
    }))
    return c.json({ items }, 200)
  })
}
