/** A failure made small: one case, the fewest faults and acts with which some law is still broken. */

import { type Country, type Plan, simulate, type Told } from './simulate.ts'

const TRIES = 120

export async function smallest(country: Country, plan: Plan, told: Told): Promise<{ plan: Plan; told: Told }> {
  let best = { plan, told }
  let tries = TRIES
  const attempt = async (change: Partial<Plan>): Promise<boolean> => {
    if ((tries -= 1) < 0) return false
    const smaller = { ...best.plan, ...change }
    const told = await simulate(country, smaller)
    if (told.violation) best = { plan: smaller, told }
    return told.violation !== null
  }
  const leaveOut = async (which: 'stilled' | 'spared', first: number, count: number): Promise<void> => {
    const without = new Set<number>()
    for (let size = count; size >= 1; size = Math.floor(size / 2)) {
      for (let from = first; from <= count; from += size) {
        const more = Array.from({ length: size }, (_, index) => from + index).filter((one) => !without.has(one))
        if (more.length > 0 && (await attempt({ [which]: new Set([...without, ...more]) })))
          for (const one of more) without.add(one)
      }
    }
  }
  if (told.violation) await attempt({ only: [told.violation.case], days: told.violation.day + 1 })
  // The first act opens the case.
  await leaveOut('stilled', 2, best.told.lived?.acts ?? 0)
  await leaveOut('spared', 1, best.told.lived?.faults ?? 0)
  return best
}

export function inWords({ plan, told }: { plan: Plan; told: Told }): string {
  const { violation, faults, acts } = told
  const kinds = Object.entries(faults).map(([fault, n]) => `${n} ${fault}`)
  return [
    `seed ${plan.seed}: ${violation?.law}, ${violation?.message} (case ${violation?.case}, day ${violation?.day})`,
    `smallest: ${acts - (plan.stilled?.size ?? 0)} acts, ${kinds.join(', ') || 'no fault'}`,
    `again: simulate(country, { seed: ${plan.seed}, cases: ${plan.cases}, days: ${plan.days}, only: [${plan.only?.join() ?? ''}], spared: new Set([${[...(plan.spared ?? [])].join()}]), stilled: new Set([${[...(plan.stilled ?? [])].join()}]) })`,
  ].join('\n')
}
