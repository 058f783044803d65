/** A simulation as a file: everything that was counted, as JSON or as CSV with one figure a line. */

import { dayOf } from '../cases/clocks/civil.ts'
import type { Plan } from './run.ts'
import { inOrder, type Tally } from './tally.ts'

/** How long it took is not in it: the same seed gives the same bytes. */
export function asFile(name: string, plan: Plan, tally: Tally): string {
  const { span, returns, seed } = plan
  const asked = { returns, months: span.months, seed, from: dayOf(span.from) }
  const all = { asked, counted: inOrder(tally) }
  return name.endsWith('.csv') ? csv(all) : `${JSON.stringify(all, null, 2)}\n`
}

const csv = (all: object): string =>
  `${[['figure', 'value'], ...figures(all)].map(([path, value]) => `${cell(path ?? '')},${cell(value ?? '')}`).join('\n')}\n`

function figures(value: unknown, path = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([name, one]) => figures(one, path === '' ? name : `${path}/${name}`))
}
const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
