import type { Context } from './context.ts'

/** Words of the language and of its conditions, which no step or fact may be called. */
export const RESERVED: ReadonlySet<string> = new Set(
  (
    'form input item outcome happened_on consent this all due opening people anyone assumption ' +
    'true false null in as break const continue else for function if import let loop package namespace return var ' +
    'void while int uint double string bool bytes list map dyn type null_type timestamp duration optional google ' +
    'size has matches cel'
  ).split(' '),
)

/** A step's id is unique, readable in conditions, and not that of a fact. */
export function checkIds({ country, document, report }: Context): void {
  const seen = new Set<string>()
  for (const [index, { id }] of document.steps.entries()) {
    const path = ['steps', index, 'id']
    if (seen.has(id)) report('duplicate_id', path, `There are two steps \`${id}\`: rename one.`)
    else if (RESERVED.has(id))
      report('reserved_id', path, `\`${id}\` is a word of the language: call the step something else.`)
    else if (country.facts[id])
      report(
        'reserved_id',
        path,
        `\`${id}\` is a fact: a condition could not tell them apart. Call the step something else.`,
      )
    seen.add(id)
  }
}
