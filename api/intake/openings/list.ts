/** Procedures that open a case or an arrival, each with the form that opening asks for. */

import type { z } from '@hono/zod-openapi'
import { circumstances } from '../../../cases/circumstances.ts'
import type { Field } from '../../../procedures/language/compiled.ts'
import type { Country } from '../../../procedures/language/country.ts'
import type { FieldText } from '../../../procedures/language/shapes/field.ts'
import type { Session } from '../../context/session.ts'
import type { Deps, Language } from '../../context/deps.ts'
import { shownBounds } from '../../texts/bounds.ts'
import type { OpeningList } from './schema.ts'

type Item = z.infer<typeof OpeningList>['items'][number]

const labelled = (options: string[], texts: Record<string, { fr: string; en: string }>, language: Language) =>
  options.map((id) => ({ id, label: texts[id]?.[language] ?? id }))

const optionsOf = (field: Field, text: FieldText, country: Country, language: Language) => {
  if (field.options !== undefined)
    return { options: labelled(field.options, text.options ?? country.lists[text.list ?? ''] ?? {}, language) }
  if (field.type === 'place') {
    const titles = Object.fromEntries(Object.entries(country.places).map(([id, place]) => [id, place.title]))
    return { options: labelled(Object.keys(titles), titles, language) }
  }
  return {}
}

export const openingsFor = async (deps: Deps, session: Session, language: Language): Promise<Item[]> => {
  const published = await deps.newest(Object.keys(deps.country.procedures))
  const now = circumstances(session)
  return published
    .filter((one) => one.begins.some((way) => way.kind === 'opening'))
    .map((one) => {
      const document = deps.country.procedures[one.id]
      const fields = one.inputs.flatMap((field) => {
        const text = document?.inputs?.[field.id]
        if (text === undefined) return []
        const { id, type, required, personal } = field
        const label = text.label[language]
        const bounds = shownBounds(field, now)
        return [{ id, label, type, required, personal, ...bounds, ...optionsOf(field, text, deps.country, language) }]
      })
      const isCase = one.subject === 'case'
      return {
        opening: one.id,
        version: one.version,
        label: document?.title[language] ?? one.id,
        subject: one.subject,
        form: { fields },
        action: {
          method: 'POST',
          href: isCase ? '/api/v1/cases' : '/api/v1/arrivals',
          body: isCase ? { opening: one.id } : {},
        },
      }
    })
}
