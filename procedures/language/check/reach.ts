/** Every step can be reached, and what a step reads has been answered by then or is behind `has()`. */

import type { Step } from '../compiled.ts'
import type { Path } from '../problem.ts'
import { isAnswered, silentOutcomes } from './outcomes.ts'
import { allEndings, ancestors, enumerate, inWords, isDone, MOST_NODES, opens } from './paths.ts'
import type { Endings } from './paths.ts'
import { indexOf } from './study.ts'
import type { Reading, Study } from './study.ts'

/** Returns how many nodes were enumerated. */
export function checkReach(study: Study): number {
  const { parsed, report } = study
  const endable = allEndings(parsed)
  let nodes = 0
  for (const [index, step] of parsed.steps.entries()) {
    const before = ancestors(parsed, step.id)
    const waiting = study.readings.filter((reading) => reading.step === step && needsStep(study, reading))
    const path: Path = ['steps', index]
    let reached = false
    const seen = enumerate(parsed, before, endable, (endings) => {
      if (!opens(parsed, step, endings)) return false
      reached = true
      for (const reading of waiting.slice()) {
        if (isSure(study, reading, endings)) continue
        waiting.splice(waiting.indexOf(reading), 1)
        report('unanswered', reading.path, missing(reading, before, endings), reading.offset)
      }
      return waiting.length === 0
    })
    nodes += seen
    if (seen > MOST_NODES)
      report(
        'too_many_paths',
        path,
        `\`${step.id}\` can be reached in more than ${MOST_NODES} ways: begin a procedure of its own further up.`,
      )
    else if (!reached) report('unreachable', ['steps', index, 'after'], `\`${step.id}\` can never open: ${why(step)}`)
  }
  for (const reading of study.readings) checkOwn(study, reading)
  return nodes
}

function why(step: Step): string {
  const names = step.after.map((items) =>
    items.map((item) => (item.outcome ? `${item.step}=${item.outcome}` : item.step)).join(' or '),
  )
  return `no path ends with ${names.join(' and ')}. Change its \`after\`.`
}

function needsStep(study: Study, reading: Reading): boolean {
  if (reading.guarded || indexOf(study.parsed, reading.root) < 0) return false
  const own = reading.clause === 'when' ? [] : (study.sure[reading.step?.id ?? ''] ?? [])
  return !own.some((key) => key === keyOf(reading) || (reading.member === null && key.startsWith(`${reading.root}.`)))
}

const keyOf = ({ root, member }: Reading): string => `${root}.${member ?? ''}`

function isSure({ parsed, sure }: Study, reading: Reading, endings: Endings): boolean {
  const ending = endings[reading.root]
  for (const [id, each] of Object.entries(endings)) if (isDone(each) && sure[id]?.includes(keyOf(reading))) return true
  const step = parsed.steps[indexOf(parsed, reading.root)]
  if (!isDone(ending) || !step) return false
  if (reading.member === null || reading.member === 'outcome' || reading.clause === 'each' || step.kind === 'start')
    return true
  const field = step.form.find((each) => each.id === reading.member)
  return !silentOutcomes(step).includes(ending.outcome) && field !== undefined && isAnswered(field, ending.outcome)
}

function missing(reading: Reading, before: readonly Step[], endings: Endings): string {
  const name = reading.member === null ? reading.root : `${reading.root}.${reading.member}`
  const path = inWords(before, endings, reading.root)
  if (!(reading.root in endings))
    return `\`${name}\` may be missing here: nothing in \`after\` waits for \`${reading.root}\`, so this may open ${path} and \`${reading.root}\` still open. Wait for it in \`after\`${orAsk(reading)}.`
  if (!isDone(endings[reading.root]))
    return `\`${name}\` may be missing here, for example ${path}: name the outcomes of \`${reading.root}\` in \`after\`${orAsk(reading)}.`
  return `\`${name}\` may not be answered here, for example ${path}: make it required${orAsk(reading)}.`
}

function orAsk({ clause, root, member }: Reading): string {
  if (member === null || clause === 'at' || clause === 'remind' || clause === 'repeat' || clause === 'each') return ''
  const plain = clause === 'role' || clause === 'due' || clause === 'opens' || clause === 'lapses'
  return plain
    ? `, or give this entry \`when has(${root}.${member})\``
    : `, or ask \`has(${root}.${member}) && …\` first`
}

/** Inputs, the own form and rows: answered only if they are required. */
function checkOwn(study: Study, reading: Reading): void {
  const { report, sure } = study
  const { root, member, guarded, step, outcome } = reading
  if (guarded || member === null || (reading.clause !== 'when' && sure[step?.id ?? '']?.includes(keyOf(reading))))
    return
  const fields = fieldsBehind(study, reading)
  const field = fields?.find((each) => each.id === member)
  if (!field || isAnswered(field, outcome)) return
  const how = field.required ? 'is asked only `when`' : 'is not required'
  const ask = orAsk(reading)
  report(
    'unanswered',
    reading.path,
    `\`${root}.${member}\` may not be answered here: it ${how}. Make it required${ask}.`,
    reading.offset,
  )
}

function fieldsBehind({ parsed }: Study, { root, step, clause }: Reading) {
  if (root === 'input') return parsed.inputs
  if (root === 'form') return clause === 'inputs' ? parsed.inputs : step?.kind === 'start' ? null : step?.form
  if (root !== 'item' || step?.kind !== 'start' || step.each === undefined) return null
  const [owner = '', list = ''] = step.each.split('.')
  const holder = parsed.steps[indexOf(parsed, owner)]
  return holder && holder.kind !== 'start' ? holder.form.find((field) => field.id === list)?.of : null
}
