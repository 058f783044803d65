/** People, partners and documents that an act names must exist: what the core cannot know. */

import type { Act } from '../../cases/actions.ts'
import type { FieldError } from '../../cases/refusals.ts'
import { readyDocuments } from '../../database/queries/documents.ts'
import { activeUsers, knownPartners } from '../../database/queries/named.ts'
import type { Deps } from '../deps.ts'
import type { MakingResult } from './making.ts'
import type { Named } from './split.ts'

/** Users and partners that the act itself names, beside those in its answers. */
const namedBy = (act: Act): Named[] => {
  switch (act.act) {
    case 'assign_step':
    case 'delegate':
    case 'change_case_manager':
      return [{ type: 'user', id: act.to, pointer: '/to' }]
    case 'complete_step':
      return act.onBehalfOf === null ? [] : [{ type: 'partner', id: act.onBehalfOf, pointer: '/on_behalf_of' }]
    default:
      return []
  }
}

export const checkNamed = async (
  deps: Deps,
  caseId: string,
  act: Act,
  made: Pick<MakingResult, 'named' | 'documents'>,
): Promise<FieldError[]> => {
  const named = [...namedBy(act), ...made.named]
  const users = await activeUsers(
    deps.sql,
    named.flatMap((one) => (one.type === 'user' ? [one.id] : [])),
  )
  const partners = await knownPartners(
    deps.sql,
    named.flatMap((one) => (one.type === 'partner' ? [one.id] : [])),
  )
  const unknown = named.filter((one) => !(one.type === 'user' ? users : partners).has(one.id))
  const errors = unknown.map(({ pointer }): FieldError => ({ pointer, code: 'not_an_option' }))
  if (made.documents.length === 0 || !('evidence' in act)) return errors
  const ready = await readyDocuments(deps.sql, caseId, made.documents)
  const missing = Object.entries(act.evidence)
    .filter(([, items]) => items.some((item) => 'document' in item && !ready.has(item.document)))
    .map(([id]): FieldError => ({ pointer: `/evidence/${id}`, code: 'evidence_missing' }))
  return [...errors, ...missing]
}
