/** What the characters do: find a step of a case, fill its form, send it; and the trainer's hand on the date. */

import { setTimeout as pause } from 'node:timers/promises'
import type { Stage } from './cast.ts'
import type { Body, Json, Person } from './client.ts'
import { filled } from './fill.ts'
import type { Story } from './story.ts'

interface Row {
  id: string
  href?: string
  title?: string
}
const rows = (value: Json | undefined): Row[] => (Array.isArray(value) ? (value as unknown as Row[]) : [])
const stepOf = (id: string): string => id.split('.')[2] ?? ''

export class StepNotThere extends Error {
  readonly code = 'step_not_there'
}

export class StoryWorld {
  readonly stage: Stage
  readonly story: Story
  today = ''

  constructor(stage: Stage, story: Story) {
    this.stage = stage
    this.story = story
  }

  async lookAtDate(): Promise<string> {
    const me = await this.stage.cast.desk.get('/api/v1/me')
    this.today = String((me['installation'] as Body)['business_date'])
    return this.today
  }

  /** Open items of one step of a case, as this person sees them. */
  async items(person: Person, number: string, step: string): Promise<string[]> {
    const found = await person.get(`/api/v1/cases/${number}`)
    return rows(found['open_steps'])
      .map((row) => row.id)
      .filter((id) => stepOf(id) === step)
  }

  /** Completes a step as its owner would, from what the API says of its form. */
  async complete(
    person: Person,
    number: string,
    step: string,
    outcome: string,
    given: Body = {},
    more: Body = {},
  ): Promise<Body> {
    const [item] = await this.items(person, number, step)
    if (item === undefined) throw new StepNotThere(`${step} is not open in ${number} for ${person.name}`)
    return this.completeItem(person, item, outcome, given, more)
  }

  async completeItem(person: Person, item: string, outcome: string, given: Body = {}, more: Body = {}): Promise<Body> {
    const work = await person.get(`/api/v1/work/${item}`)
    const { answers, evidence } = filled(work['form'] as Body, outcome, given, this.today)
    const act = rows(work['actions']).find((one) => (one as unknown as { act: string }).act === 'complete_step')
    if (act?.href === undefined)
      throw new StepNotThere(`${person.name} may not complete ${item}: ${JSON.stringify(work['not_now'])}`)
    const basis = (act as unknown as { body: Body }).body
    const done = await person.post(act.href, { ...basis, outcome, answers, evidence, ...more })
    this.story.tell(this.today, `${person.name} : ${String(work['title'])} → ${String(done['text'] ?? outcome)}`)
    return done
  }

  /** The trainer moves the date; the answer comes when every open case has lived through the time in between. */
  async advance(to: Body): Promise<void> {
    const { desk } = this.stage.cast
    await this.finished(desk, await desk.post('/api/v1/training/advances', to))
    await this.lookAtDate()
    this.story.tell(this.today, '· · ·')
  }
  /** Waits until a broadcast has reached every open case and what it brought about has been mailed. */
  async finished(person: Person, begun: Body): Promise<void> {
    let answer = begun
    for (let tries = 0; answer['status'] !== 'done' || Number(answer['mail_waiting']) > 0; tries += 1) {
      if (tries > 600) throw new Error(`${String(answer['href'])} does not end`)
      await pause(250)
      answer = await person.get(String(answer['href']))
    }
  }
  days(amount: number): Promise<void> {
    return this.advance({ by: { amount, unit: 'days' } })
  }
  until(date: string): Promise<void> {
    return this.advance({ to: date })
  }

  async mails(): Promise<{ to: string; subject: string; message_id: string }[]> {
    const response = await fetch(`${this.stage.mailBase}/messages.json`)
    return (await response.json()) as { to: string; subject: string; message_id: string }[]
  }
}

/** `2026-11-23` plus so many months and days. */
export function shifted(date: string, months: number, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
