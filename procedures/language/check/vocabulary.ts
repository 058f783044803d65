/** Names inside the vocabulary: gates, ladders, places, facts, notices. */

import { isKnown } from '../parse/context.ts'
import { RESERVED } from '../parse/ids.ts'
import { termsAt } from '../parse/ladder.ts'
import { readMoment } from '../parse/moment.ts'
import type { Report } from '../problem.ts'
import type { Reports, Vocabulary } from '../vocabulary.ts'

const NOTICES = ['reminder', 'due', 'escalation', 'outcome']
const SILENT: Report = () => undefined

export function checkVocabulary(country: Vocabulary, reports: Reports, procedureIds: readonly string[]): void {
  const to = (file: string) => reports[file] ?? SILENT
  isKnown(to('country.yaml'), 'procedure', country.whatNext, procedureIds, ['what_next'])
  isKnown(to('country.yaml'), 'procedure', country.suspension, procedureIds, ['suspension'])
  const telephones = country.trainingTelephones
  if (telephones)
    isKnown(to('country.yaml'), 'source', telephones.source, Object.keys(country.sources), [
      'training_telephones',
      'source',
    ])
  checkFacts(country, to('facts.yaml'))
  checkOpeners(country, to('gates.yaml'))
  for (const [index, gate] of country.consentRequires.entries())
    isKnown(to('purposes.yaml'), 'gate', gate, Object.keys(country.gates), ['requires', index])
  checkLadders(country, to('roles.yaml'))
  checkPlaces(country, to('places.yaml'))
  for (const [index, day] of country.calendar.days_off.entries())
    if (day.place !== undefined)
      isKnown(to('calendar.yaml'), 'place', day.place, Object.keys(country.places), ['days_off', index, 'place'])
  for (const id of NOTICES)
    if (!country.notices[id])
      to('notices.yaml')(
        'missing_key',
        ['notices'],
        `The notice \`${id}\` is missing: add it, with its texts in notices/.`,
      )
}

const STARTS = { yes_no: 'boolean', number: 'number', text: 'string' } as const

function checkFacts({ facts }: Vocabulary, report: Report): void {
  for (const [id, fact] of Object.entries(facts)) {
    const path = ['facts', id]
    if (RESERVED.has(id))
      report('reserved_id', path, `\`${id}\` is a word of the language: call the fact something else.`)
    if ((fact.type === 'choice') !== (fact.of !== undefined))
      report('missing_key', path, `\`${id}\` is a ${fact.type}: ${fact.of ? 'take `of` out' : 'it needs `of`'}.`)
    if (fact.type === 'date' || fact.type === 'place' || fact.type === 'user') {
      if (fact.start !== undefined)
        report('unknown_key', [...path, 'start'], `A ${fact.type} is not known at the start: take \`start\` out.`)
    } else if (fact.start === undefined) {
      report('missing_key', path, `\`${id}\` needs \`start\`: a condition can read it before anything has set it.`)
    } else if (fact.type === 'choice') {
      const known = Object.keys(fact.of ?? {})
      if (fact.of && !known.includes(String(fact.start)))
        report(
          'unknown_choice',
          [...path, 'start'],
          `\`${id}\` cannot be \`${String(fact.start)}\`: known: ${known.join(', ')}.`,
        )
    } else if (typeof fact.start !== STARTS[fact.type]) {
      report('wrong_type', [...path, 'start'], `\`${id}\` is a ${fact.type}: \`${String(fact.start)}\` is not one.`)
    }
  }
}

function checkOpeners(country: Vocabulary, report: Report): void {
  for (const [id, gate] of Object.entries(country.gates)) {
    for (const [index, role] of gate.opened_by.entries())
      isKnown(report, 'role', role, Object.keys(country.roles), ['gates', id, 'opened_by', index])
  }
}

function checkLadders(country: Vocabulary, report: Report): void {
  for (const [id, escalation] of Object.entries(country.escalations)) {
    for (const [index, text] of (escalation.remind ?? []).entries()) {
      const moment = readMoment(text)
      const anchor = moment?.anchor ?? 'nothing'
      if (anchor !== 'due' && anchor !== '' && anchor !== 'opening')
        report(
          'unreadable',
          ['escalations', id, 'remind', index],
          `\`${text}\` cannot be a reminder of every step: write \`1 working day before due\` or \`on due\`.`,
        )
    }
    for (const [index, rung] of escalation.ladder.entries()) {
      const path = ['escalations', id, 'ladder', index]
      isKnown(report, 'role', rung.to, Object.keys(country.roles), [...path, 'to'])
      termsAt({ report }, rung.after, [...path, 'after'])
      if (rung.every !== undefined) termsAt({ report }, rung.every, [...path, 'every'])
      const final = index === escalation.ladder.length - 1
      if (!final && (rung.last || rung.every !== undefined))
        report('ladder_end', path, 'Only the last rung of a ladder may say `last` or `every`.')
      if (final && !country.roles[rung.to]?.last)
        report(
          'ladder_end',
          [...path, 'to'],
          `The ladder ends with \`${rung.to}\`, which is not marked \`last\` in roles: end it with a role that always has a holder.`,
        )
    }
  }
}

function checkPlaces({ places }: Vocabulary, report: Report): void {
  for (const [id, place] of Object.entries(places)) {
    if (place.under === undefined) continue
    isKnown(report, 'place', place.under, Object.keys(places), ['places', id, 'under'])
    const above = new Set([id])
    for (let next: string | undefined = place.under; next !== undefined; next = places[next]?.under) {
      if (above.has(next)) {
        report('wrong_shape', ['places', id, 'under'], `\`${id}\` lies under itself: give it another place above.`)
        break
      }
      above.add(next)
    }
  }
}
