/** A partner's answer on its way in: the same acts, sealed and decided like everybody's, by the partner itself. */

import type { Action } from '../../cases/actions.ts'
import type { Work } from '../../cases/progress/draft.ts'
import { refusalText } from '../../cases/words/refusals.ts'
import type { z } from '@hono/zod-openapi'
import type { CompleteStep } from '../acts/complete-step.ts'
import { actionId, contentDigest } from '../acts/ids.ts'
import { keyOf } from '../acts/key.ts'
import { startMaking } from '../acts/making.ts'
import { rehearse } from '../acts/rehearse.ts'
import { sealSecrets } from '../acts/seal.ts'
import { ANSWER_WITHIN_MS, sendAct } from '../acts/send.ts'
import type { Deps } from '../deps.ts'
import { problem } from '../problems/problem.ts'
import type { LinkAtHand } from './asked.ts'

const NOT_AFTER_MS = 60_000
type Body = z.infer<typeof CompleteStep>
export type Answered = { kind: 'recorded' } | { kind: 'refused'; text: string }

/** Throws `not_accepted_in_time` when the engine is slow: the same key may be sent again. */
export async function answerByLink(
  deps: Deps,
  link: LinkAtHand,
  work: Work,
  key: string,
  body: Body,
): Promise<Answered> {
  const { state, world, commitmentKey, caseId } = link
  const { settings, shelf } = world
  const { making, result } = startMaking({ state, shelf, settings, commitmentKey, published: () => null })
  const act = {
    act: 'complete_step' as const,
    step: work.item,
    basis: body.basis ?? null,
    onBehalfOf: null,
    outcome: body.outcome,
    ...making.filled(work.item, body),
  }
  const id = keyOf(key)
  const action: Action = {
    id: actionId(deps.idKey, `partner:${link.partner.id}`, 'complete_step', caseId, id),
    digest: contentDigest(deps.idKey, 'complete_step', { ...body, step: work.item }),
    by: { kind: 'partner', partner: link.partner.id },
    via: 'link',
    happened: world.now,
    received: world.now,
    notAfter: deps.realNow() + NOT_AFTER_MS,
    act,
  }
  const rehearsal = await rehearse(state, action, world, deps.newest)
  if (rehearsal.kind === 'refused') return { kind: 'refused', text: told(link, rehearsal.refusal) }
  if (result.errors.length > 0)
    return { kind: 'refused', text: told(link, { code: 'answers_invalid', errors: result.errors }) }
  await sealSecrets(deps, { caseId, actionId: action.id, commitmentKey, state }, result.secrets)
  const sent = await sendAct(deps.temporal, caseId, action, ANSWER_WITHIN_MS)
  if (sent.kind === 'recorded' || sent.kind === 'accepted') return { kind: 'recorded' }
  if (sent.kind === 'refused') return { kind: 'refused', text: told(link, sent.refusal) }
  throw problem('not_accepted_in_time')
}

function told(link: LinkAtHand, refusal: Parameters<typeof refusalText>[0]): string {
  const { title, detail } = refusalText(refusal, link.language, link.labelsOf(link.state))
  return `${title}. ${detail}`
}
