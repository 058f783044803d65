/** Mali's procedures, and one return on its way: shared ground of the golden walks. */

import type { CompiledProcedure } from '../../procedures/language/compiled.ts'
import { compileCountry, compileSettings } from '../../procedures/language/index.ts'
import { mali as loaded } from '../mali.ts'
import { Walk } from './walk.ts'

export const proceduresOfMali = async (): Promise<CompiledProcedure[]> => Object.values(compileCountry(await loaded()))

export async function mali(): Promise<() => Walk> {
  const country = await loaded()
  const procedures = compileCountry(country)
  const settings = compileSettings(country, { version: 1, offsetMs: 0 })
  return () => new Walk(procedures, settings, '2026-11-23T20:00:00Z')
}

/** Back home in Kayes, with a case manager and a signed plan that has economic support. */
export function settled(w: Walk, said: { economic?: boolean; unaccompanied?: boolean } = {}): Walk {
  const { economic = true, unaccompanied = false } = said
  w.open('case', 'ml-reception', 'senou', { arrived_on: '2026-11-23', centre: 'senou', unaccompanied })
  w.end('reception.triage', 'ours')
  w.end('reception.registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
  w.end('reception.admission', 'done')
  w.pass(1)
  w.end('reception.short_interview', 'done')
  w.end('reception.arrival_cash', 'paid')
  w.end('reception.onward_transport', 'left')
  w.end('reception.manager', 'assigned', { manager: 'fatoumata' })
  w.pass(2)
  w.end('reception.home_reached', 'reached')
  w.end('assessment.first_contact', 'reached', { appointment: '2026-12-01' })
  w.end('assessment.counselling', 'done')
  w.end('assessment.vulnerability', 'assessed', { health: false, alone: false, level: 'medium' })
  for (const step of ['risks', 'family', 'skills']) w.end(`assessment.${step}`, 'done')
  w.end('assessment.rss_baseline', 'surveyed', { composite: 0.5 })
  w.end('assessment.eligibility', 'eligible', {}, 'moussa')
  w.end('plan.draft', 'drafted', { needs: [], budget: 1_500_000, economic }, 'fatoumata')
  w.end('plan.validation', 'approved', {}, 'moussa')
  w.end('plan.signature', 'signed')
  w.end('plan.launch', 'launched')
  return w
}

export const begins = (w: Walk, procedure: string, role: string, answers = {}, place = 'ml-kayes', user = 'somebody') =>
  w.act(user, [{ role, place }], { act: 'begin_procedure', procedure, answers, personal: {}, absent: {} })
