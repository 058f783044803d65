/** What each role is answered, cell by cell, and the page that tells it. */

import { FEED_ROLE } from '../../../api/context/session.ts'
import { type Asked, type AskedAct, BESIDE } from './asked.ts'
import type { At, Ground } from './ground.ts'
import type { Answer, Person } from '../../api/installed-api.ts'

/** `+` may; `-` is refused, and told who may; `.` is told that there is no such thing. */
export type Mark = '+' | '-' | '.'
export interface Row {
  name: string
  /** By role. */
  there: Record<string, Mark>
  elsewhere: Record<string, Mark>
}
export interface ActRow {
  name: string
  ordinary: Row | null
  restricted: Row | null
}

const REFUSED = ['role_required', 'place_required', 'second_person_required']
/** Said to those who may, about what was sent or about what the step waits for. */
const ABOUT_CONTENT = ['answers_invalid', 'changed_since_seen', 'on_hold', 'step_not_open', 'too_large']

export function markOf(answer: Answer): Mark {
  const code = String(answer.body['code'] ?? '')
  if (answer.status < 300 || ABOUT_CONTENT.includes(code)) return '+'
  if (answer.status === 403 && REFUSED.includes(code)) return '-'
  if (answer.status === 404 && code === 'not_found') return '.'
  throw new Error(`neither allowed nor refused: ${answer.status} ${answer.text}`)
}

export const ask = (person: Person, { method, path, body, headers }: Asked): Promise<Answer> =>
  person.ask(method, path, {
    ...(body && { body }),
    headers: { 'Idempotency-Key': crypto.randomUUID(), ...headers },
  })

export async function rowOf({ roles, askers }: Ground, asked: Asked): Promise<Row> {
  const person = askers()
  const marks = async (at: At): Promise<Record<string, Mark>> => {
    const found: Record<string, Mark> = {}
    for (const role of roles) found[role] = markOf(await ask(person(role, at), asked))
    return found
  }
  return { name: asked.name, there: await marks(asked.at), elsewhere: await marks('elsewhere') }
}

export async function actRowOf(here: Ground, { name, ordinary, restricted }: AskedAct): Promise<ActRow> {
  return {
    name,
    ordinary: ordinary && (await rowOf(here, ordinary)),
    restricted: restricted && (await rowOf(here, restricted)),
  }
}

/** In the order of the country's roles. */
export const whoMay = (marks: Record<string, Mark>): string[] =>
  Object.entries(marks).flatMap(([role, mark]) => (mark === '+' ? [role] : []))

const told = (marks: Record<string, Mark> | undefined): string => {
  if (marks === undefined) return ''
  const who = whoMay(marks)
  const people = Object.keys(marks).filter((role) => role !== FEED_ROLE)
  if (people.every((role) => who.includes(role))) return who.includes(FEED_ROLE) ? 'everybody' : 'every person'
  return who.length === 0 ? 'nobody' : who.map((role) => `\`${role}\``).join(', ')
}

const cellOf = ({ ordinary, restricted }: ActRow, role: string): string =>
  [ordinary?.there, ordinary?.elsewhere, restricted?.there, restricted?.elsewhere]
    .map((marks) => marks?.[role] ?? ' ')
    .join('')

export function pageOf(roles: string[], acts: ActRow[], routes: Row[]): string {
  const table = (head: string[], rows: string[][]): string[] => [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => ' --- |').join('')}`,
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ]
  return [
    '# Who may do what',
    '',
    'Written by a test that asks the API itself: one person for each role and place, every act as a preview, every route.',
    'Run `npx vitest run test/harm/authorisation.test.ts -u` after a change of a rule; what changed here was a decision.',
    '',
    '- **There** is the place of the case, of the step, or of the arrival; a role held above covers what is under it. Whoever',
    '  is named in a step (assigned, delegate) has it like its role. **Elsewhere** is a place that the case has never had.',
    '- Whoever may not is *refused* (403, with who may) when they know of it, and told that it *does not exist* (404) when not.',
    '- A partner acts by link only, on the one step that asks it; never on a restricted run.',
    '- Restricted work here is a run of `ml-trafficking`; the same holds for each procedure with `visible_to`.',
    '',
    '## Acts on a case',
    '',
    ...table(
      ['', 'act', 'on ordinary work, there', 'on restricted work, there'],
      acts.map(({ name, ordinary, restricted }, index) => [
        String(index + 1),
        name,
        told(ordinary?.there),
        told(restricted?.there),
      ]),
    ),
    '',
    'The same acts on an arrival (`…OfArrival`) are decided by the same rules. The step is one of the case manager, the decision',
    'one of the supervisor; steps of other roles are done by those.',
    '',
    '## Every role and every act',
    '',
    'Four marks: ordinary work there and elsewhere, restricted work there and elsewhere. `+` may, `-` is refused, `.` does not',
    'exist. The numbers are those above.',
    '',
    '```',
    `${' '.repeat(24)}${acts.map((_, index) => String(index + 1).padEnd(5)).join('')}`.trimEnd(),
    ...roles.map((role) => `${role.padEnd(24)}${acts.map((row) => cellOf(row, role).padEnd(5)).join('')}`.trimEnd()),
    '```',
    '',
    '## Routes',
    '',
    ...table(
      ['operation', 'there', 'elsewhere'],
      routes.map(({ name, there, elsewhere }) => [name, told(there), told(elsewhere)]),
    ),
    ...Object.entries(BESIDE).map(([name, who]) => `| ${name} | ${who} | |`),
    '',
    'Lists show the viewer’s own places only ([0024](decisions/0024-lists-have-a-role-of-their-own.md)); *everybody* is whoever',
    'is signed in, *every person* all of them but programs (`integrator`). `listTroubles`, `beginBatch` and `declareDayOff` were asked by roles over the whole country.',
    '',
  ].join('\n')
}
