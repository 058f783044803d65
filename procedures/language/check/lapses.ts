/** Chains of starts that nobody decides must not come round to where they began. */

import type { Report } from '../problem.ts'
import { ancestors, enumerate, opens, silentEndings } from './paths.ts'
import type { Study } from './study.ts'

interface Link {
  from: string
  to: string
  report: Report
  index: number
}

export function checkLapses(studies: readonly Study[]): void {
  const links = studies.flatMap(silentStarts)
  const told = new Set<string>()
  for (const link of links) {
    const chain = chainBack(links, link.to, link.from, [link.from, link.to])
    if (!chain) continue
    const round = [...new Set(chain)].toSorted().join(' ')
    if (told.has(round)) continue
    told.add(round)
    const words = chain.map((id) => `\`${id}\``).join(' begins ')
    link.report(
      'lapse_cycle',
      ['steps', link.index, 'start'],
      `By lapses alone ${words}, for ever: put a step in between that somebody has to end.`,
    )
  }
}

function silentStarts({ parsed, report }: Study): Link[] {
  return parsed.steps.flatMap((step, index) => {
    if (step.kind !== 'start') return []
    let found = false
    enumerate(parsed, ancestors(parsed, step.id), silentEndings, (endings) => (found = opens(parsed, step, endings)))
    return found ? [{ from: parsed.id, to: step.start, report, index }] : []
  })
}

function chainBack(links: readonly Link[], at: string, goal: string, chain: string[]): string[] | null {
  if (at === goal) return chain
  for (const link of links) {
    if (link.from !== at || (chain.includes(link.to) && link.to !== goal)) continue
    const found = chainBack(links, link.to, goal, [...chain, link.to])
    if (found) return found
  }
  return null
}
