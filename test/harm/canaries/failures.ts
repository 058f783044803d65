/** What goes wrong while something personal is on its way: in the request, in the database, in the engine, in the mail. */

import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from '../../../database/connect.ts'
import { remembered, until } from '../../cli/started.ts'
import type { Planted } from './planting.ts'

export interface Scene {
  folder: string
  base: string
  token: string
  owner: Sql
  planted: Planted
  /** Every answer, word for word, with its headers. */
  answers: string[]
}

export async function ask(
  scene: Scene,
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
) {
  const headers = {
    authorization: `Bearer ${scene.token}`,
    'content-type': 'application/json',
    'idempotency-key': randomUUID(),
    ...more,
  }
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  try {
    const answer = await fetch(`${scene.base}${path}`, { method, headers, ...sent })
    const text = await answer.text()
    if (answer.status >= 400) scene.answers.push(`${answer.status} ${JSON.stringify([...answer.headers])} ${text}`)
    return { status: answer.status, text }
  } catch {
    return { status: 0, text: '' }
  }
}

const OPENING = { opening: 'ml-reception', place: 'senou' }
const opening = (planted: Planted, where: string) => {
  const arrived = new Date().toISOString().slice(0, 10)
  const answers = { name: `${planted.word(`${where}.name`)} ${planted.word(`${where}.name`)}`, arrived_on: arrived }
  return { ...OPENING, answers }
}

/** Everything that a client can get wrong, with a word in the wrong place. */
export async function badRequests(scene: Scene, number: string): Promise<void> {
  const { planted } = scene
  const word = (where: string) => planted.word(`bad request, ${where}`)
  const note = `/api/v1/cases/${number}/actions/add_note`
  await ask(scene, 'POST', '/api/v1/cases', `{"opening": "${word('broken JSON')}`)
  await ask(scene, 'POST', '/api/v1/cases', { ...OPENING, answers: { name: 'A', [word('member')]: 1 } })
  await ask(scene, 'POST', '/api/v1/cases', { ...OPENING, [word('member')]: true, answers: {} })
  await ask(scene, 'POST', '/api/v1/cases', { ...OPENING, answers: { sex: word('code'), arrived_on: word('date') } })
  await ask(scene, 'POST', '/api/v1/cases', { opening: word('opening'), place: word('place'), answers: {} })
  await ask(scene, 'GET', `/api/v1/cases?name=${word('query')}`)
  await ask(scene, 'GET', `/api/v1/work?cursor=${word('cursor')}`)
  await ask(scene, 'GET', `/api/v1/cases/${word('path')}`)
  await ask(scene, 'GET', `/${word('path')}`)
  await ask(scene, 'GET', `/r/${word('link')}`)
  await ask(scene, 'POST', `/r/${word('link')}`, `reason=${word('link form')}`, {
    'content-type': 'application/x-www-form-urlencoded',
  })
  await ask(scene, 'POST', note, { text: word('key') }, { 'idempotency-key': word('header') })
  await ask(scene, 'POST', note, { text: word('type') }, { 'content-type': `text/${word('type')}` })
  await ask(scene, 'POST', note, { text: 7, step: word('step') })
  await ask(scene, 'POST', note, { text: `${word('too long')} ${'x'.repeat(300_000)}` })
  await ask(scene, 'GET', '/api/v1/me', undefined, { authorization: `Bearer sgt_${word('token')}` })
  await ask(scene, 'POST', '/api/v1/tokens', { user: word('login'), secret: word('secret') })
  await ask(scene, 'POST', `/api/v1/cases/${number}/documents`, word('document'), {
    'content-type': 'image/png',
    'upload-length': '5000',
    'content-disposition': `attachment; filename="${word('file name')}.png"`,
  })
  await ask(scene, 'POST', '/api/v1/cases/search', { name: `${word('search')} ${word('search')}`, birth: '1994-01-01' })
}

/** The row that a statement could not write stands in the error of Postgres. */
export async function databaseErrors(scene: Scene, number: string): Promise<void> {
  const { owner, planted } = scene
  for (const table of ['personal_answers', 'case_events', 'people', 'drafts', 'reads']) {
    await owner.unsafe(`alter table ${table} add constraint refused check (false) not valid`)
    const text = planted.word(`database error, ${table}`)
    await Promise.all([
      ask(scene, 'POST', `/api/v1/cases/${number}/actions/add_note`, { text }),
      ask(scene, 'POST', '/api/v1/cases', opening(planted, `database error, ${table}`)),
      ask(scene, 'GET', `/api/v1/cases/${number}`),
    ])
    await owner.unsafe(`alter table ${table} drop constraint refused`)
  }
}

/** New cases ask for an engine that no worker knows: their tasks fail, again and again. */
export async function poisonedTask({ owner, ...scene }: Scene): Promise<void> {
  const [row] = await owner<{ engine: number }[]>`select engine from installation`
  await owner`update installation set engine = 99`
  await ask({ owner, ...scene }, 'POST', '/api/v1/cases', opening(scene.planted, 'poisoned task'))
  await owner`update installation set engine = ${Number(row?.engine)}`
}

/** An address that no mail server takes, and a mail server that is not there. */
export async function mailRefused(scene: Scene): Promise<void> {
  await scene.owner`update users set email = 'nobody at all' where login like 'm%'`
  await killed(scene, 'mail')
  await ask(scene, 'POST', '/api/v1/training/advances', { by: { amount: 12, unit: 'days' } }, { prefer: 'wait=25' })
  await until(async () => (await scene.owner`select 1 from outbox where state = 'parked' limit 1`).length > 0)
}

/** Each process of the installation dies in the middle of an act; whoever watches over it starts it again. */
export async function killedInTheMiddle(scene: Scene, number: string): Promise<void> {
  for (const name of ['worker', 'api', 'postgres']) {
    const act = ask(scene, 'POST', `/api/v1/cases/${number}/actions/add_note`, {
      text: scene.planted.word(`${name} killed`),
    })
    await pause(30)
    await killed(scene, name)
    await act
    await until(async () => (await ask(scene, 'GET', '/api/v1/me')).status === 200)
  }
}

async function killed({ folder }: Scene, name: string): Promise<void> {
  const pid = (await remembered(folder)).children[name]?.pid
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}
