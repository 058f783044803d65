/** What the characters do: find a step of a case, fill its form, send it; and the trainer's hand on the date. */

import type { Cast, Stage } from './cast.ts'
import type { Body, Json, Person } from '../../client/person.ts'
import { filled } from '../../client/fill.ts'
import type { Story } from './story.ts'

export interface Mail {
  id: number
  to: string
  subject: string
  text: string
  message_id: string
}
interface Row {
  id: string
  act?: string
  href?: string
  state?: string
  body?: Body
}
/** What a request is expected to be refused with: the code, and words that say what to do. */
export interface Refusal {
  code: string
  says?: RegExp
}
const rows = (value: Json | undefined): Row[] => (Array.isArray(value) ? (value as unknown as Row[]) : [])

/** `26-3416-724.lost-contact-x2y.tries.1` answers to `tries`, to `lost-contact.tries` and to `lost-contact-x2y.tries`. */
function answersTo(item: string, step: string): boolean {
  const [, run = '', id = ''] = item.split('.')
  return [id, `${run}.${id}`, `${run.slice(0, run.lastIndexOf('-'))}.${id}`].includes(step)
}

export class StepNotThere extends Error {
  readonly code = 'step_not_there'
}

export class StoryWorld {
  readonly cast: Cast
  readonly story: Story
  today = ''
  private readonly stage: Stage

  constructor(stage: Stage, story: Story) {
    this.stage = stage
    this.cast = stage.cast
    this.story = story
  }

  async lookAtDate(): Promise<string> {
    const me = await this.cast.desk.get('/api/v1/me')
    this.today = String((me['installation'] as Body)['business_date'])
    return this.today
  }

  /** Open items of one step of a case, as this person sees them. */
  async items(person: Person, number: string, step: string): Promise<string[]> {
    const found = await person.get(`/api/v1/cases/${number}`)
    return rows(found['open_steps'])
      .filter((row) => row.state === 'open' && answersTo(row.id, step))
      .map((row) => row.id)
  }
  async item(person: Person, number: string, step: string): Promise<string> {
    const [item] = await this.items(person, number, step)
    if (item === undefined) throw new StepNotThere(`${step} is not open in ${number} for ${person.name}`)
    return item
  }
  async opened(what: string, person: Person, number: string, step: string): Promise<void> {
    this.story.expect(what, (await this.items(person, number, step)).length > 0)
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
    return this.completeItem(person, await this.item(person, number, step), outcome, given, more)
  }

  async completeItem(person: Person, item: string, outcome: string, given: Body = {}, more: Body = {}): Promise<Body> {
    const work = await person.get(`/api/v1/work/${item}`)
    const act = rows(work['actions']).find((one) => one.act === 'complete_step')
    if (act?.href === undefined)
      throw new StepNotThere(`${person.name} may not complete ${item}: ${JSON.stringify(work['not_now'])}`)
    const done = await person.post(act.href, { ...this.answered(work, outcome, given), ...more })
    this.story.tell(this.today, `${person.name} : ${String(done['text'] ?? outcome)}`)
    return done
  }

  /** The same step, filled as carefully, sent by somebody or at a time that it must be refused to. */
  async refusedStep(
    what: string,
    person: Person,
    number: string,
    step: string,
    outcome: string,
    wanted: Refusal,
    given: Body = {},
    more: Body = {},
  ): Promise<void> {
    const item = await this.item(person, number, step)
    const work = await person.get(`/api/v1/work/${item}`)
    const body = { ...this.answered(work, outcome, given), ...more }
    await this.refused(what, person, `/api/v1/cases/${number}/actions/complete_step`, body, wanted)
  }

  answered(work: Body, outcome: string, given: Body): Body {
    const { answers, evidence } = filled(work['form'] as Body, outcome, given, this.today)
    return { step: work['id'] ?? '', basis: work['basis'] ?? '', outcome, answers, evidence }
  }

  /** One act on a case, told in the words of its receipt. */
  async act(person: Person, number: string, act: string, body: Body): Promise<Body> {
    const done = await person.post(`/api/v1/cases/${number}/actions/${act}`, body)
    this.story.tell(this.today, `${person.name} : ${String(done['text'] ?? act)}`)
    return done
  }
  begin(person: Person, number: string, procedure: string, answers: Body = {}): Promise<Body> {
    return this.act(person, number, 'begin_procedure', { procedure, answers })
  }

  /** Expects a refusal, and tells what the person reads. */
  async refused(what: string, person: Person, path: string, body: Body, { code, says }: Refusal): Promise<void> {
    const { problem } = await person.refused(path, body)
    const errors = ((problem['errors'] ?? []) as Body[]).map((one) => String(one['message'] ?? one['code']))
    const read = [problem['title'], problem['detail'], ...errors].filter(Boolean).join(' — ')
    this.story.expect(`${what}\n                « ${read} »`, problem['code'] === code && (says?.test(read) ?? true))
  }

  /** The trainer moves the date; the answer comes when every open case has lived through the time in between. */
  async advance(to: Body): Promise<void> {
    const { desk } = this.cast
    await this.finished(desk, await desk.post('/api/v1/training/advances', to))
    await this.lookAtDate()
    this.story.tell(this.today, '· · ·')
  }
  /** Waits until a broadcast has reached every open case and what it brought about has been mailed. */
  async finished(person: Person, begun: Body): Promise<void> {
    let answer = begun
    for (let tries = 0; answer['status'] !== 'done' || Number(answer['mail_waiting']) > 0; tries += 1) {
      if (tries > 600) throw new Error(`${String(answer['href'])} does not end`)
      await this.moment(250)
      answer = await person.get(String(answer['href']))
    }
  }
  /** Before something is asked again that has not come about yet. */
  moment(ms: number): Promise<void> {
    return this.stage.reach.moment(ms)
  }
  days(amount: number): Promise<void> {
    return this.advance({ by: { amount, unit: 'days' } })
  }
  async until(date: string): Promise<void> {
    if (date > this.today) await this.advance({ to: date })
  }

  /** Mail in the order it came, after the one of that number. */
  mails(after = 0): Promise<Mail[]> {
    return this.stage.mails(after)
  }
  /** What those mails say of one case, line by line: a digest speaks of many. */
  async linesAbout(number: string, after: number): Promise<{ to: string; line: string }[]> {
    const lines = (await this.mails(after)).flatMap(({ to, text }) => text.split('\n').map((line) => ({ to, line })))
    return lines.filter(({ line }) => line.includes(number))
  }
}

/** `2026-11-23` plus so many months and days. */
export function shifted(date: string, months: number, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
