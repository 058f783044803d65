/** Somebody who knows only what the API says: finds an open step of a case, fills its form, sends it. */

import { filled } from '../../../client/fill.ts'
import type { Body } from '../../../client/person.ts'
import type { Answer, Json, Person } from '../installed-api.ts'

export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
export const today = (): string => inDays(0)
export const rows = (answer: Answer, pointer: string): Record<string, Json>[] =>
  (answer.at(pointer) ?? []) as Record<string, Json>[]

export async function must(answer: Promise<Answer>): Promise<Answer> {
  const got = await answer
  if (got.status >= 300) throw new Error(`${got.status} ${got.text}`)
  return got
}

export async function openCase(agent: Person, more: Body = {}): Promise<string> {
  const answers = { name: 'Awa Diarra', birth: '1994', arrived_on: today(), phone: '+223 70 00 00 00', ...more }
  const opened = await must(agent.post('/api/v1/cases', { opening: 'ml-reception', place: 'senou', answers }))
  return String(opened.body['number'])
}

/** The open item of a step, as this person sees it; undefined when they see none. */
export async function itemOf(person: Person, number: string, step: string): Promise<string | undefined> {
  const found = await must(person.get(`/api/v1/cases/${number}`))
  return rows(found, '/open_steps')
    .map((row) => String(row['id']))
    .find((id) => id.split('.')[2] === step)
}

export async function complete(
  person: Person,
  number: string,
  step: string,
  outcome: string,
  given: Body = {},
  more: Body = {},
): Promise<Answer> {
  const item = await itemOf(person, number, step)
  if (item === undefined) throw new Error(`${step} is not open for ${person.login}`)
  const work = await must(person.get(`/api/v1/work/${item}`))
  const act = rows(work, '/actions').find((one) => one['act'] === 'complete_step')
  if (act === undefined) throw new Error(`${person.login} may not: ${JSON.stringify(work.body['not_now'])}`)
  const form = filled(work.body['form'] as Body, outcome, given, today())
  return must(person.post(String(act['href']), { ...(act['body'] as Body), outcome, ...form, ...more }))
}

/** A case of Kayes with a case manager: registered at the airport, assigned by the supervisor. */
export async function followedCase(agent: Person, supervisor: Person, more: Body = {}): Promise<string> {
  const number = await openCase(agent, more)
  await complete(agent, number, 'triage', 'ours')
  await complete(agent, number, 'registration', 'registered', { destination: 'ml-kayes', safe_contact: true })
  const users = await must(supervisor.get('/api/v1/users?role=case_manager&place=ml-kayes'))
  const manager = rows(users, '/items').find((one) => one['label'] === 'Fatoumata Coulibaly')?.['id'] ?? ''
  await complete(supervisor, number, 'manager', 'assigned', { manager })
  return number
}

export const SENT_TO = 'csref-kayes'
/** A referral of that case, waiting for the partner's answer. */
export async function askPartner(manager: Person, number: string): Promise<string> {
  const answers = { family: 'health', urgency: '3d' }
  await must(manager.post(`/api/v1/cases/${number}/actions/begin_procedure`, { procedure: 'ml-referral', answers }))
  await complete(manager, number, 'need', 'done', { family: 'health', urgency: '3d' })
  await complete(manager, number, 'agreement', 'given')
  await complete(manager, number, 'provider', 'chosen', { to: SENT_TO, rank: 1 })
  await complete(manager, number, 'sending', 'sent')
  return (await itemOf(manager, number, 'answer')) ?? ''
}
