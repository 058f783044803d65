/** One work item: everything needed to do it, in one answer. */

import { z } from '@hono/zod-openapi'
import { basisOf } from '../../../cases/basis.ts'
import { waitingOf } from '../../../cases/explain.ts'
import { workOf } from '../../../cases/progress/draft.ts'
import { readDraft } from '../../../database/queries/drafts.ts'
import { readPeople } from '../../../database/queries/people.ts'
import { readPersonal } from '../../../database/queries/personal.ts'
import { loadCase } from '../../case/load-case.ts'
import { itemFromPublic } from '../../case/public-id.ts'
import { sessionOf } from '../../auth/session-of.ts'
import type { ApiApp, Deps } from '../../context/deps.ts'
import { problem } from '../../problems/problem.ts'
import { consequenceText } from '../../texts/effects.ts'
import { named, namedOrNull, personLabel } from '../../texts/names.ts'
import { ruleText, sourceText } from '../../texts/rules.ts'
import { deadlineOf } from '../deadline.ts'
import { readingOf } from '../../case/reading.ts'
import { none, reads } from '../../openapi/read-route.ts'
import { decisionSubjectOf } from './decision-subject.ts'
import { offeredOnEnded, offeredOnItem } from '../../acts/offered.ts'
import { formOf } from '../../texts/form.ts'
import { withPeople } from './who.ts'
import { kept as keptMembers, WorkItem, type WorkItemBody } from './schema.ts'
import { previousOf } from './previous.ts'
import { contactFactsOf } from './contact-facts.ts'
import { sendBackTo } from '../../texts/submission.ts'

const route = reads({
  path: '/api/v1/work/{item}',
  operationId: 'getWorkItem',
  tag: 'work',
  summary: 'One work item with its form, deadline, permitted acts and why not',
  schema: WorkItem,
  params: z.object({
    item: z
      .string()
      .max(120)
      .openapi({ param: { name: 'item', in: 'path' } }),
  }),
  query: none,
})

/** As it was kept: nothing but what the body of a draft may have. */
const Kept = z.object(keptMembers)

export const registerWorkItem = (app: ApiApp, deps: Deps): void => {
  app.openapi(route, async (c) => {
    const { number, item } = itemFromPublic(c.req.valid('param').item)
    const loaded = await loadCase(deps, sessionOf(c), c.var.language, number)
    const work = workOf(loaded.seen, loaded.world, item)
    if (!work || work.round > work.step.round || work.round < 1) throw problem('not_found')
    const labels = loaded.labelsOf(loaded.state)
    const { user } = loaded.session
    const looksBack = work.rule.kind === 'decision' || work.round > 1
    const reading = readingOf(deps, loaded, 'getWorkItem', work.runId)
    const [draft, people, personal] = await Promise.all([
      readDraft(deps.sql, deps.ring, { caseId: loaded.caseId, item, user }, reading),
      readPeople(deps.sql, deps.ring, [loaded.caseId], reading),
      looksBack ? readPersonal(deps.sql, deps.ring, loaded.caseId, reading) : [],
    ])
    const kept = { entries: loaded.past, personal }
    const person = people.get(loaded.caseId)
    const document = deps.country.procedures[work.procedure.id]
    const text = document?.steps.find((one) => one.id === work.rule.id)
    const texts = text && text.kind !== 'start' ? text : undefined
    const waiting = waitingOf(loaded.seen, item, loaded.world)
    const [first] = work.step.roles ?? []
    const source = texts?.source ?? document?.source
    const about = decisionSubjectOf(deps, loaded, work, kept)
    const clock = waiting?.clock ?? null
    const open = work.step.status === 'open' && work.round === work.step.round
    const acts = open ? offeredOnItem(loaded, work) : { actions: offeredOnEnded(loaded, work), not_now: [] }
    const within = sendBackTo(item, kept.entries)?.event.within
    const why = clock && ruleText(deps.country, { ...loaded, work, kind: clock.kind, within }, loaded.language)
    const content = draft && Kept.safeParse(draft.content)
    const body: WorkItemBody = {
      id: `${number}.${item}`,
      title: labels.step(item),
      code: texts?.code ?? null,
      kind: work.rule.kind,
      state: work.round < work.step.round ? 'done' : work.step.status,
      round: work.round,
      basis: basisOf(loaded.state, work),
      help: texts?.help?.[loaded.language] ?? null,
      procedure: {
        id: work.procedure.id,
        version: work.procedure.version,
        label: document?.title[loaded.language] ?? work.procedure.id,
        source: sourceText(deps.country, source, loaded.language),
      },
      case: {
        number: loaded.number,
        person: personLabel(person),
        stage: named(loaded.state.stage, labels.stage),
        href: `/api/v1/cases/${loaded.number}`,
      },
      place: namedOrNull(work.step.place ?? null, labels.place),
      owner: namedOrNull(work.step.owner ?? null, labels.user),
      role: first && 'role' in first ? named(first.role, labels.role) : null,
      open_since: new Date(work.step.openedAt ?? 0).toISOString(),
      deadline: clock && waiting?.clockId ? { ...deadlineOf(loaded, waiting.clockId, clock), why } : null,
      if_nobody_acts: (waiting?.ifNobodyActs ?? []).map((one) => ({
        at: new Date(one.at).toISOString(),
        text: consequenceText(one, labels, item, loaded.language),
      })),
      shows: contactFactsOf(deps, loaded, person),
      ...(about ? { about } : {}),
      previous: previousOf(deps, loaded, work, kept),
      form: formOf(deps, loaded, work, texts),
      draft:
        draft && content?.success
          ? { ...content.data, by: named(user, labels.user), at: draft.saved.toISOString() }
          : null,
      actions: acts.actions,
      not_now: await withPeople(deps, loaded, acts.not_now),
    }
    return c.json(body, 200)
  })
}
