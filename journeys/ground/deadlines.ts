import type { Body, Person } from '../../client/person.ts'

export interface Told {
  at: string
  lines: string[]
}
/** The deadline of a step and its arithmetic, as `explain` tells them. */
export async function told(person: Person, number: string, item: string): Promise<Told> {
  const { waiting } = await person.get(`/api/v1/cases/${number}/explain`)
  const found = (waiting as Body[]).find((one) => one['step'] === item)
  const lines = ((found?.['arithmetic'] ?? []) as Body[]).map((line) => String(line['text']))
  return { at: String((found?.['deadline'] as Body | undefined)?.['at']), lines }
}

/** Steps of a case that stand still, by their items. */
export async function held(person: Person, number: string): Promise<string[]> {
  const found = await person.get(`/api/v1/cases/${number}/explain`)
  return (found['held'] as Body[]).map((one) => String(one['step']))
}

/** Business days of the calendar from a day (exclusive) to another (inclusive). */
export async function workedBetween(person: Person, from: string, to: string): Promise<number> {
  const { week, days_off: off } = await person.get('/api/v1/calendar')
  const isOff = new Set((off as Body[]).filter((one) => one['place'] === null).map((one) => one['date']))
  let count = 0
  for (let at = Date.parse(from) + 86_400_000; at <= Date.parse(to); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10)
    if (String(new Date(at).getUTCDay()) in (week as Body) && !isOff.has(date)) count += 1
  }
  return count
}
