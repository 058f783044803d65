/** The screens of an hour, asked through the slow line one after the other, each a second time as it was. */

import { randomUUID } from 'node:crypto'
import type { Body } from '../../client/person.ts'
import { filled } from '../../client/fill.ts'
import { Caller, type Asked, type Heard } from './caller.ts'
import type { Ground } from './ground.ts'

export interface Screen {
  name: string
  first: Heard
  /** The same look again, with the tag of the first; null where nothing can be asked again. */
  again: Heard | null
}

const rows = (body: Body, member: string): Body[] => body[member] as Body[]

export class Hour {
  readonly screens: Screen[] = []
  readonly desk: Caller
  readonly supervisor: Caller

  constructor(port: number) {
    this.desk = new Caller(port)
    this.supervisor = new Caller(port)
  }

  /** Answers the number of the case that was worked on. */
  async live({ signIns, ...who }: Ground): Promise<string> {
    await this.signIn('sign-in', this.desk, who.desk, signIns)
    const me = await this.look('me', this.desk, '/api/v1/me')
    const today = String((me['installation'] as Body)['business_date'])
    const work = await this.look('work, 25 items', this.desk, '/api/v1/work')
    const [mine] = rows(work, 'items')
    if (mine === undefined || rows(work, 'items').length !== 25) throw new Error('there are not 25 items of work')
    const number = String((mine['case'] as Body)['number'])
    const item = await this.look('item', this.desk, String(mine['href']))
    await this.complete(item, today)
    const at = `/api/v1/cases/${number}`
    await this.look('case', this.desk, at)
    await this.look('timeline', this.desk, `${at}/timeline`)
    await this.look('explain', this.desk, `${at}/explain`)
    const photo = { 'Content-Type': 'image/jpeg', 'Upload-Length': '218400' }
    const begun = await expected(this.desk, 'POST', `${at}/documents`, { headers: photo }, 201)
    this.screens.push({ name: 'upload, begun', first: begun, again: null })
    await this.act('search', '/api/v1/cases/search', { name: 'Awa Diara' }, 200)
    await this.signIn('sign-in, supervisor', this.supervisor, who.supervisor, signIns)
    await this.look('overdue', this.supervisor, '/api/v1/overdue')
    await this.look('workload', this.supervisor, '/api/v1/workload')
    return number
  }

  private async complete(item: Body, today: string): Promise<void> {
    const form = item['form'] as Body
    const outcome = String(rows(form, 'outcomes')[0]?.['id'] ?? 'done')
    const { answers, evidence } = filled(form, outcome, {}, today)
    const body = { step: item['id'] ?? '', basis: item['basis'] ?? '', outcome, answers, evidence }
    const number = String((item['case'] as Body)['number'])
    await this.act('complete', `/api/v1/cases/${number}/actions/complete_step`, body, 200)
  }

  private async signIn(name: string, caller: Caller, user: string, signIns: Ground['signIns']): Promise<void> {
    const body = { user, secret: signIns.get(user) ?? '', device: 'Tecno Spark' }
    const first = await expected(caller, 'POST', '/api/v1/tokens', { body }, 201)
    caller.token = String(first.body['token'])
    this.screens.push({ name, first, again: null })
  }

  private async look(name: string, caller: Caller, path: string): Promise<Body> {
    const first = await expected(caller, 'GET', path, {}, 200)
    const tag = String(first.headers.etag ?? '')
    const again = await expected(caller, 'GET', path, { headers: { 'If-None-Match': tag } }, 304)
    this.screens.push({ name, first, again })
    return first.body
  }

  private async act(name: string, path: string, body: Body, status: number): Promise<void> {
    const asked = { body, headers: { 'Idempotency-Key': randomUUID() } }
    this.screens.push({ name, first: await expected(this.desk, 'POST', path, asked, status), again: null })
  }
}

async function expected(caller: Caller, method: string, path: string, asked: Asked, status: number): Promise<Heard> {
  const heard = await caller.ask(method, path, asked)
  if (heard.status !== status) throw new Error(`${method} ${path}: ${heard.status} ${JSON.stringify(heard.body)}`)
  return heard
}
