/** The names of things in one case, in the language of the request, from the published texts. */

import { parseItem, type ItemParts } from '../../cases/item.ts'
import type { CaseState } from '../../cases/state.ts'
import type { Labels } from '../../cases/words/labels.ts'
import type { Country } from '../../procedures/language/country.ts'
import type { ProcedureDocument } from '../../procedures/language/shapes/procedure.ts'
import type { Text } from '../../procedures/language/shapes/strict.ts'
import type { StepText, WorkText } from '../../procedures/language/shapes/step.ts'
import { UNREAD } from '../../cases/view.ts'
import type { Language } from '../context/deps.ts'
import { memberName } from '../problems/members.ts'

export interface CaseLabels extends Labels {
  stage: (id: string) => string
  /** Title of the procedure of a run. */
  run: (id: string) => string
  purpose: (id: string) => string
  /** What a partner was told at a step: `step.field`, `input.field`, or the number of the case. */
  told: (item: string, path: string) => string
  /** What a pointer of a request points at: a field, a piece of evidence, the outcome … */
  pointer: (item: string | null, procedure: string | null, pointer: string) => string
}
export interface LabelsFrom {
  country: Country
  names: Map<string, string>
  language: Language
  /** The user who reads, who is "you". */
  self: string
  /** Where items are looked up; null when a case is being opened. */
  state: CaseState | null
}

const OTHER = {
  fr: {
    you: 'Vous',
    assigned: 'la personne désignée',
    number: 'numéro du dossier',
    unread: 'contenu réservé aux personnes chargées de cette procédure',
  },
  en: {
    you: 'You',
    assigned: 'the person named',
    number: 'number of the case',
    unread: 'content kept for those in charge of this procedure',
  },
} as const

const FILLED: ReadonlySet<string> = new Set(['answers', 'absent', 'evidence'])

const isWork = (step: StepText | undefined): step is WorkText => step !== undefined && step.kind !== 'start'

export const labelsFrom = ({ country, names, language, self, state }: LabelsFrom): CaseLabels => {
  const other = OTHER[language]
  const stages: Readonly<Record<string, Text>> = country.stages
  const documentOf = (parts: ItemParts | null): ProcedureDocument | undefined =>
    country.procedures[state?.runs[parts?.run ?? '']?.procedure.id ?? '']
  const stepOf = (item: string): StepText | undefined => {
    const parts = parseItem(item)
    return documentOf(parts)?.steps.find((step) => step.id === parts?.step)
  }
  const titled = (found: { title: { fr: string; en: string } } | undefined, id: string) => found?.title[language] ?? id
  const member = (item: string | null, procedure: string | null, path: string[]): string | undefined => {
    const step = item === null ? undefined : stepOf(item)
    const [part = '', id = ''] = path
    if (part === 'evidence') return isWork(step) ? step.evidence?.[id]?.label[language] : undefined
    const fields = isWork(step) ? step.form : country.procedures[procedure ?? '']?.inputs
    const field = fields?.[id]
    return (path[3] === undefined ? field : field?.of?.[path[3]])?.label[language]
  }
  return {
    role: (id) => (id === 'assigned' ? other.assigned : titled(country.roles[id], id)),
    place: (id) => titled(country.places[id], id),
    user: (id) => (id === self ? other.you : (names.get(id) ?? id)),
    step: (item) => titled(stepOf(item), parseItem(item)?.step ?? item),
    outcome: (item, outcome) => {
      if (outcome === UNREAD) return other.unread
      const step = stepOf(item)
      return (isWork(step) ? step.outcomes[outcome]?.label[language] : undefined) ?? outcome
    },
    gate: (id) => country.gates[id]?.text[language] ?? id,
    purpose: (id) => country.purposes[id]?.title[language] ?? id,
    told: (item, path) => {
      const [step = '', field = ''] = path.split('.')
      if (step === 'number') return other.number
      const document = documentOf(parseItem(item))
      const found = document?.steps.find((one) => one.id === step)
      const fields = step === 'input' ? document?.inputs : isWork(found) ? found.form : undefined
      return fields?.[field]?.label[language] ?? path
    },
    run: (id) => titled(documentOf({ run: id, step: '', round: 0 }), id),
    stage: (id) => stages[id]?.[language] ?? id,
    pointer: (item, procedure, pointer) => {
      const path = pointer.split('/').slice(1)
      const [part = ''] = path
      if (part === 'step' && item !== null) return titled(stepOf(item), part)
      const own = path.findLast((one) => !/^\d+$/.test(one)) ?? part
      // The id of a field that no form has is said back as it was sent.
      const named = path.length > 1 && FILLED.has(part) ? own : memberName(own, language)
      return member(item, procedure, path) ?? named
    },
  }
}
