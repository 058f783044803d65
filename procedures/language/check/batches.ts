/** What begins over many cases at once is the same for all: nothing of one person, and nothing that is hidden. */

import type { Study } from './study.ts'

export function checkBatches({ context, parsed, report }: Study): void {
  const index = parsed.begins.findIndex((way) => way.kind === 'batch')
  if (index < 0) return
  if (context.document.visible_to)
    report(
      'many_at_once',
      ['begins', index],
      'A restricted procedure does not begin as `batch`: how many cases it touched would tell of it. Take one of the two out.',
    )
  for (const { id, personal } of parsed.inputs)
    if (personal)
      report(
        'many_at_once',
        ['inputs', id],
        `\`${id}\` is personal, and a batch says the same of many: ask it in a step, or let it be a code.`,
      )
}
