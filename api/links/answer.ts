/** A partner's answer on its way in: the same acts, sealed and decided like everybody's, by the partner itself. */

import { circumstances } from '../../cases/circumstances.ts'
import type { Work } from '../../cases/progress/draft.ts'
import type { Refusal } from '../../cases/refusals.ts'
import { checkNamed } from '../acts/check-named.ts'
import { telephonesHere } from '../acts/training-telephones.ts'
import { actionId } from '../case/idempotency.ts'
import { bodyReader } from '../acts/read-body.ts'
import { newAction } from '../acts/new-action.ts'
import { performAct } from '../acts/perform-act.ts'
import { sealSecrets } from '../acts/seal.ts'
import { ANSWER_WITHIN_MS, sendAct } from '../acts/send.ts'
import type { Deps } from '../context/deps.ts'
import type { LoadedLink } from './load-link.ts'
import type { LinkAnswer } from './link-body.ts'

export type Answered = { kind: 'recorded' } | { kind: 'accepted' } | { kind: 'refused'; refusal: Refusal }

const userOf = ({ partner }: LoadedLink): string => `partner:${partner.id}`

/** The id of an answer: the same key from the same partner is the same act. */
export const answerId = (deps: Deps, link: LoadedLink, key: string): string =>
  actionId(deps.idKey, userOf(link), 'complete_step', link.caseId, key)

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
  const session = { user: userOf(link), principal: { kind: 'partner' as const, partner: link.partner.id } }
  const content = { ...body, step: work.item }
  const sent = { key, content, happened: world.now, via: 'link' as const }
  const action = newAction(deps, { caseId, session, now: world.now }, act, sent)
  return performAct<Answered>(deps, {
    at: link,
    action,
    known: async () => ({ kind: 'recorded' }),
    wrong: async () => [...(await checkNamed(deps, { state, world, by: action.by }, act, result)), ...result.errors],
    refused: async (refusal, errors) => ({ kind: 'refused', refusal: refusal ?? { code: 'answers_invalid', errors } }),
    preview: null,
    seal: async () => {
      await sealSecrets(deps, { caseId, actionId: action.id, commitmentKey, state }, result.secrets)
      return {
        send: () => sendAct(deps, caseId, action, ANSWER_WITHIN_MS),
        recorded: async () => ({ kind: 'recorded' }),
        accepted: () => ({ kind: 'accepted' }),
        refused: async (refusal) => ({ kind: 'refused', refusal }),
      }
    },
  })
}
