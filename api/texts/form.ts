/** The form of an open step, resolved for its viewer: labels, options, what is asked when, which outcomes are offered. */

import { leftOf } from '../../cases/budgets.ts'
import { circumstances } from '../../cases/circumstances.ts'
import { namesFor, type Names } from '../../cases/conditions.ts'
import type { Work } from '../../cases/progress/draft.ts'
import { root } from '../../cases/places.ts'
import { spansText } from '../../cases/words/spans.ts'
import type { Field, WorkStep } from '../../procedures/language/compiled.ts'
import type { FieldText } from '../../procedures/language/shapes/field.ts'
import type { WorkText } from '../../procedures/language/shapes/step.ts'
import { shortDigest } from '../../cases/chain.ts'
import type { CaseInWords } from '../case/load-case.ts'
import type { Deps } from '../context/deps.ts'
import { type ShownBounds, shownBounds } from './bounds.ts'
import type { Named } from './names.ts'
import { askedWhen, type AskWhen } from '../../cases/ask-when.ts'
import { consentFields } from './consent-form.ts'

const INLINE = 40
const EVIDENCE_BYTES = 5_242_880
const ACCEPTS = ['image/jpeg', 'image/png', 'application/pdf']

/** `texts` is the step's own document; undefined when its version is no longer in the published folder. */
export function formOf(deps: Deps, loaded: CaseInWords, work: Work, texts: WorkText | undefined) {
  const names = namesFor(loaded.state, loaded.world.settings, work.run, work.runId)
  const fields = work.rule.form.flatMap((field) =>
    fieldOf(deps, loaded, withinBudget(loaded, field, work), texts?.form?.[field.id], names),
  )
  const outcomes = outcomesOf(loaded, work, texts)
  const evidence = work.rule.evidence.flatMap((rule) => {
    const asked = askedWhen(rule.when, names)
    if (asked === false) return []
    const label = texts?.evidence?.[rule.id]?.label[loaded.language] ?? rule.id
    const when = asked === true ? {} : { ask_when: asked }
    return [
      {
        id: rule.id,
        label,
        required: rule.required,
        accepts: ACCEPTS,
        max_bytes: EVIDENCE_BYTES,
        paper: 'allowed' as const,
        ...when,
      },
    ]
  })
  const content = { ...outcomes, fields, evidence }
  return { digest: `f-${shortDigest(content)}`, ...content }
}

/** A payment can be no more than what its budget still holds. */
function withinBudget({ state, world: { settings } }: CaseInWords, field: Field, work: Work): Field {
  const left = field.budget === undefined ? null : leftOf({ state, settings, ...work }, field.budget)
  return left === null ? field : { ...field, max: Math.max(0, Math.min(field.max ?? left, left)) }
}

type Options = { options?: Named[]; options_href?: string }
interface ShownMember extends ShownBounds, Options {
  id: string
  label: string
  type: Field['type']
  required: boolean
  help?: string
  personal?: true
  may_be_absent?: ('refused' | 'unknown')[]
  purpose?: string
  ask_when?: AskWhen
}
interface ShownField extends ShownMember {
  fields?: ShownMember[]
}

function fieldOf(
  deps: Deps,
  loaded: CaseInWords,
  field: Field,
  text: FieldText | undefined,
  names: Names,
): ShownField[] {
  const asked = askedWhen(field.when, names)
  if (asked === false) return []
  const { language } = loaded
  const shown: ShownField = {
    id: field.id,
    label: text?.label[language] ?? field.id,
    type: field.type,
    required: field.required,
    ...(text?.help ? { help: text.help[language] } : {}),
    ...(field.personal ? { personal: true } : {}),
    ...(field.personal || !field.required ? { may_be_absent: ['refused', 'unknown'] } : {}),
    ...shownBounds(field, circumstances(loaded.world)),
    ...(field.purpose ? { purpose: field.purpose } : {}),
    ...(asked === true ? {} : { ask_when: asked }),
    ...optionsOf(deps, loaded, field, text),
  }
  const members = (field.of ?? []).flatMap((one) => fieldOf(deps, loaded, one, text?.of?.[one.id], names))
  return [members.length > 0 ? { ...shown, fields: members } : shown]
}

function optionsOf(
  deps: Deps,
  { language, world }: CaseInWords,
  field: Field,
  text: FieldText | undefined,
): Options & Pick<ShownField, 'fields'> {
  if (field.options) {
    const labels = text?.options ?? deps.country.lists[text?.list ?? ''] ?? {}
    const options = field.options.map((id) => ({ id, label: labels[id]?.[language] ?? id }))
    return options.length <= INLINE ? { options } : { options_href: `/api/v1/lists/${text?.list}` }
  }
  switch (field.type) {
    case 'place': {
      const country = root(world.settings.places)
      const options = Object.entries(deps.country.places)
        .filter(([id]) => id !== country)
        .map(([id, place]) => ({ id, label: place.title[language] }))
      return options.length <= INLINE ? { options } : { options_href: '/api/v1/places' }
    }
    case 'partner':
      return { options_href: '/api/v1/partners' }
    case 'user':
      return { options_href: `/api/v1/users${field.role ? `?role=${field.role}` : ''}` }
    case 'consent':
      return { fields: consentFields(field.override !== undefined, language) }
    default:
      return {}
  }
}

function outcomesOf(loaded: CaseInWords, work: Work, texts: WorkText | undefined) {
  const { language } = loaded
  const fr = language === 'fr'
  const label = (id: string): string => texts?.outcomes[id]?.label[language] ?? id
  const all = Object.entries(work.rule.outcomes)
  return {
    outcomes: all
      .filter(([, one]) => one.byHand)
      .map(([id, one]) => {
        const adverse = one.adverse ? { adverse: true } : {}
        return { id, label: label(id), then: thenText(loaded, work, id), ...adverse }
      }),
    not_offered: all
      .filter(([, one]) => !one.byHand)
      .map(([id]) => {
        const why =
          work.rule.lapses?.outcome === id
            ? fr
              ? 'Seul le délai peut le constater'
              : 'Only time can tell'
            : fr
              ? 'Vient de lui-même quand les renvois sont épuisés'
              : 'Comes by itself once the ways back are used up'
        return { id, label: label(id), why }
      }),
  }
}

/** What an outcome opens or reopens, from the procedure itself. */
function thenText(loaded: CaseInWords, work: Work, outcome: string): string {
  const fr = loaded.language === 'fr'
  const { labels, back } = { labels: loaded.labelsOf(loaded.state), back: work.rule.outcomes[outcome]?.backTo }
  const title = (step: string): string => labels.step(`${work.runId}.${step}.1`)
  if (back) {
    const left = Math.max(0, back.atMost - (work.step.counts?.[outcome] ?? 0))
    const within = back.within.length === 0 ? '' : `, ${spansText(back.within, loaded.language)}`
    return fr
      ? `Rouvre : ${title(back.step)}${within}. Reste ${left} ${left < 2 ? 'renvoi' : 'renvois'}.`
      : `Reopens: ${title(back.step)}${within}. ${left} more ${left === 1 ? 'time' : 'times'}.`
  }
  const next = work.procedure.steps.filter((rule) =>
    rule.after
      .flat()
      .some((one) => one.step === work.rule.id && (one.outcome === undefined || one.outcome === outcome)),
  )
  const visible = next.filter((rule): rule is WorkStep => rule.kind !== 'start' && rule.restricted === undefined)
  if (visible.length === 0) return ''
  const titles = visible.map((rule) => title(rule.id)).join(', ')
  return fr ? `Ouvre : ${titles}` : `Opens: ${titles}`
}
