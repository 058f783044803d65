/** A partner's answer on its way in: the same acts, sealed and decided like everybody's, by the partner itself. */

import type { Action } from '../../cases/actions.ts'
import { circumstances } from '../../cases/circumstances.ts'
import type { Work } from '../../cases/progress/draft.ts'
import type { Refusal } from '../../cases/refusals.ts'
import { checkDisclosed, checkNamed } from '../acts/check-named.ts'
import { telephonesHere } from '../acts/training-telephones.ts'
import { actionId, contentDigest } from '../case/idempotency.ts'
import { bodyReader } from '../acts/read-body.ts'
import { rehearse } from '../acts/rehearse.ts'
import { sealSecrets } from '../acts/seal.ts'
import { ANSWER_WITHIN_MS, sendAct } from '../acts/send.ts'
import type { Deps } from '../context/deps.ts'
import { problem } from '../problems/problem.ts'
import type { LoadedLink } from './load-link.ts'
import type { LinkAnswer } from './link-body.ts'

const NOT_AFTER_MS = 60_000
export type Answered = { kind: 'recorded' } | { kind: 'accepted' } | { kind: 'refused'; refusal: Refusal }

/** The id of an answer: the same key from the same partner is the same act. */
export const answerId = (deps: Deps, link: LoadedLink, key: string): string =>
  actionId(deps.idKey, `partner:${link.partner.id}`, 'complete_step', link.caseId, key)

/** Throws `not_accepted_in_time` when the engine is slow: the same key may be sent again. */
export async function answerByLink(
  deps: Deps,
  link: LoadedLink,
  work: Work,
  { key, code: _code, ...body }: LinkAnswer,
): Promise<Answered> {
  const { state, world, commitmentKey, caseId } = link
  const { reader, result } = bodyReader({
    state,
    shelf: world.shelf,
    now: circumstances(world),
    commitmentKey,
    published: () => null,
    telephones: telephonesHere(deps),
  })
  const act = {
    act: 'complete_step' as const,
    step: work.item,
    basis: body.basis,
    onBehalfOf: null,
    outcome: body.outcome,
    ...reader.filled(work.item, body),
  }
  const action: Action = {
    id: answerId(deps, link, key),
    digest: contentDigest(deps.idKey, 'complete_step', { ...body, step: work.item }),
    by: { kind: 'partner', partner: link.partner.id },
    via: 'link',
    happened: world.now,
    received: world.now,
    notAfter: deps.realNow() + NOT_AFTER_MS,
    act,
  }
  const rehearsal = await rehearse(state, action, world, deps.newest)
  if (rehearsal.kind === 'refused') return rehearsal
  const errors = [...(await checkNamed(deps, { state, world, by: action.by }, act, result)), ...result.errors]
  errors.push(...(await checkDisclosed(deps, rehearsal.entries)))
  if (errors.length > 0) return { kind: 'refused', refusal: { code: 'answers_invalid', errors } }
  await sealSecrets(deps, { caseId, actionId: action.id, commitmentKey, state }, result.secrets)
  const sent = await sendAct(deps, caseId, action, ANSWER_WITHIN_MS)
  switch (sent.kind) {
    case 'recorded':
    case 'accepted':
      return { kind: sent.kind }
    case 'refused':
      return sent
    case 'late':
      throw problem('not_accepted_in_time')
    case 'stopped':
    case 'gone':
      throw problem('record_stopped')
  }
}
