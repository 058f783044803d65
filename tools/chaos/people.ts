/** People at work while everything around them fails: each takes what the API offers and fills it as a clerk would. */

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Body, Json } from '../../client/person.ts'
import { filled } from '../../client/fill.ts'
import type { Dice } from '../../simulation/dice.ts'
import { ask, BAD_LINE, type Caller, type Final, insist, type Line } from './insist.ts'
import type { Installation } from './installation.ts'

/** One act, with what its client was told of it in the end. */
export interface Told extends Final {
  user: string
  act: string
  /** null for a case whose opening was refused. */
  number: string | null
  key: string
}
export interface Hand extends Caller {
  user: string
  login: string
}
/** One of each who has to do with most cases. */
const LOGINS = [
  'boubacar.dembele',
  'kadiatou.sissoko',
  'modibo.sangare',
  'ramata.cisse',
  'salif.coulibaly',
  'mariam.doumbia',
  'hawa.maiga',
  'fatoumata.coulibaly',
  'moussa.traore',
  'ibrahim.toure',
]
const rows = (value: Json | undefined): Body[] => (Array.isArray(value) ? (value as Body[]) : [])

export class People {
  readonly told: Told[] = []
  readonly cases: string[] = []
  private readonly here: Installation
  private readonly line: Line
  private hands: Hand[] = []
  private stopped = false

  constructor(here: Installation, line = BAD_LINE) {
    this.here = here
    this.line = line
  }
  get everybody(): readonly Hand[] {
    return this.hands
  }
  get desk(): Hand {
    return this.hand('boubacar.dembele')
  }
  get coordination(): Hand {
    return this.hand('ibrahim.toure')
  }
  private hand(login: string): Hand {
    const found = this.hands[LOGINS.indexOf(login)]
    if (!found) throw new Error(`${login} has not signed in`)
    return found
  }

  async signIn(): Promise<void> {
    this.hands = await Promise.all(LOGINS.map((login) => this.signInOne(login)))
  }
  private async signInOne(login: string): Promise<Hand> {
    const { base, signIns } = this.here
    const secret = signIns.find((one) => one.login === login)?.secret ?? ''
    const body = JSON.stringify({ user: login, secret, device: 'chaos' })
    const signed = await ask({ base, token: 'none' }, '/api/v1/tokens', { method: 'POST', body })
    const token = String(signed.body['token'])
    const me = await ask({ base, token }, '/api/v1/me')
    if (me.status !== 200) throw new Error(`${login} cannot sign in: ${signed.status}`)
    return { base, token, login, user: String((me.body['user'] as Body)['id']) }
  }

  async openCase(dice: Dice): Promise<string | null> {
    const today = await this.today()
    const answers = { name: `Exemple ${dice.upTo(1000)}`, birth: '1990', arrived_on: today, centre: 'senou' }
    const body = { opening: 'ml-reception', place: 'senou', answers }
    const told = await this.perform(this.desk, 'open_case', null, '/api/v1/cases', body, dice)
    if (told.number !== null) this.cases.push(told.number)
    return told.number
  }
  note(hand: Hand, number: string, dice: Dice): Promise<Told> {
    const path = `/api/v1/cases/${number}/actions/add_note`
    return this.perform(hand, 'add_note', number, path, { text: `Appel ${dice.upTo(1000)}` }, dice)
  }

  /** Whoever they are, they open a case (one turn in forty), take one piece of their work, or note a call. */
  async turn(dice: Dice, opens = 1 / 40): Promise<void> {
    const hand = dice.pick(this.hands)
    if (dice.happens(opens)) return void (await this.openCase(dice))
    const work = dice.happens(1 / 4) ? null : await ask(hand, '/api/v1/work?limit=50')
    const items = rows(work?.body['items'])
    if (items.length > 0) return this.complete(hand, String(dice.pick(items)['href']), dice)
    if (this.cases.length > 0) await this.note(this.desk, dice.pick(this.cases), dice)
  }

  private async complete(hand: Hand, href: string, dice: Dice): Promise<void> {
    const { status, body: item } = await ask(hand, href)
    const offered = rows(item['actions']).find((one) => one['act'] === 'complete_step')
    if (status !== 200 || !offered) return
    const form = item['form'] as Body
    const outcomes = rows(form['outcomes'])
    const outcome = outcomes.length === 0 ? 'done' : String(dice.pick(outcomes)['id'])
    const body = { ...(offered['body'] as Body), outcome, ...filled(form, outcome, {}, await this.today()) }
    const number = String((item['case'] as Body)['number'])
    await this.perform(hand, 'complete_step', number, String(offered['href']), body as unknown as Body, dice)
  }

  /** Until they are told to stop; a line that is down is tried again. */
  async keepWorking(dice: Dice): Promise<void> {
    while (!this.stopped) {
      await this.turn(dice).catch(() => pause(500))
      await pause(dice.upTo(400))
    }
  }
  stop(): void {
    this.stopped = true
  }

  private async today(): Promise<string> {
    const { body } = await ask(this.desk, '/api/v1/me')
    return String((body['installation'] as Body)['business_date'])
  }

  private async perform(
    hand: Hand,
    act: string,
    number: string | null,
    path: string,
    body: Body,
    dice: Dice,
  ): Promise<Told> {
    const key = randomUUID()
    const final = await insist(hand, path, body, key, dice, this.line)
    const opened = act === 'open_case' && final.kind === 'recorded' ? String(final.body['number']) : null
    const told = { ...final, user: hand.user, act, number: number ?? opened, key }
    this.told.push(told)
    return told
  }
}
