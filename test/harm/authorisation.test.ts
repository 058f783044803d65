/** The authorisation matrix: every role, every act and route, there and elsewhere, ordinary and restricted. */

import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { FEED_ROLE } from '../../api/context/session.ts'
import type { Answer } from '../api/installed-api.ts'
import { DOCUMENT } from '../twins/compare.ts'
import { actsOn, BESIDE, routesOf } from './authorisation/asked.ts'
import { type Ground, ground, tokenOf } from './authorisation/ground.ts'
import { type ActRow, actRowOf, markOf, pageOf, type Row, rowOf, whoMay } from './authorisation/matrix.ts'
import { PATIENCE_MS } from '../patience.ts'

const ASSIGNABLE = ['trained_manager', 'trafficking_focal', 'trafficking_authority', 'national_trafficking']
const SAMPLE = 7
let here: Ground
const acts: ActRow[] = []
const routes: Row[] = []
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  here = await ground(inject('postgres'))
  for (const one of actsOn(here)) acts.push(await actRowOf(here, one))
  for (const one of routesOf(here)) routes.push(await rowOf(here, one))
}, 600_000)
afterAll(async () => {
  vi.useRealTimers()
  await here.world.end()
})

it('has a row for every operation of the document', () => {
  const { paths } = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as {
    paths: Record<string, Record<string, { operationId?: string }>>
  }
  const operations = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ operationId }) => operationId ?? []),
  )
  const camel = (name: string): string => name.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase())
  const told = new Set([...routes, ...acts].map(({ name }) => camel(name.split(' ')[0] ?? '')))
  const missing = operations.filter(
    (one) => !told.has(one) && BESIDE[one] === undefined && !told.has(one.replace(/OfArrival$/, '')),
  )
  expect(missing).toEqual([])
})

it('is what docs/authorisation.md says: `npx vitest run test/harm/authorisation.test.ts -u` writes it anew', async () => {
  await expect(pageOf(here.roles, acts, routes)).toMatchFileSnapshot('../../docs/authorisation.md')
})

describe('nobody', () => {
  it('acts on a case of a place where they hold nothing, or is told that it exists', () => {
    const rows = acts.flatMap(({ ordinary, restricted }) => [ordinary, restricted])
    expect(rows.flatMap((row) => Object.values(row?.elsewhere ?? {})).filter((mark) => mark !== '.')).toEqual([])
  })
  it('who may not be assigned to a restricted run is told that it exists, by no act on it and by no route', () => {
    const speaking = ['begin_procedure', 'record_consent']
    const rows = [
      ...acts.flatMap(({ name, restricted }) => (speaking.includes(name) ? [] : (restricted ?? []))),
      ...routes.filter(({ name }) => name.endsWith('(restricted)')),
    ]
    expect(rows.length).toBeGreaterThan(8)
    for (const { name, there } of rows) {
      const knowing = Object.entries(there).flatMap(([role, mark]) => (mark === '.' ? [] : [role]))
      expect([name, knowing.toSorted()]).toEqual([name, ASSIGNABLE.toSorted()])
    }
  })
  it('is a program that does or sees anything of a case, but for the feed of events', () => {
    const rows = acts.flatMap(({ ordinary, restricted }) => [ordinary, restricted]).flatMap((row) => row ?? [])
    expect(new Set(rows.map(({ there }) => there[FEED_ROLE]))).toEqual(new Set(['.']))
    const feed = routes.find(({ name }) => name === 'listEvents')
    expect(whoMay(feed?.there ?? {})).toEqual([FEED_ROLE])
  })
  it('is kept from reporting: what begins a restricted run is open to whoever knows the case', () => {
    const report = acts.find(({ name }) => name === 'begin_procedure')
    expect(whoMay(report?.restricted?.there ?? {})).toEqual(here.roles.filter((role) => role !== FEED_ROLE))
  })
})

it('is answered alike over HTTP, on a sample', async () => {
  const server = serve({ fetch: here.world.app().fetch, port: 0, hostname: '127.0.0.1' }) as Server
  try {
    await vi.waitFor(() => expect(server.listening).toBe(true), PATIENCE_MS)
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const asked = actsOn(here).flatMap(({ ordinary, restricted }) => [ordinary ?? [], restricted ?? []].flat())
    const rows = acts.flatMap(({ ordinary, restricted }) => [ordinary ?? [], restricted ?? []].flat())
    for (const [index, one] of asked.entries()) {
      for (const [at, role] of here.roles.entries()) {
        if ((index + at) % SAMPLE > 0) continue
        const headers = {
          Authorization: `Bearer ${tokenOf(role, one.at)}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': crypto.randomUUID(),
        }
        const answer = await fetch(`${base}${one.path}`, {
          method: one.method,
          headers,
          body: JSON.stringify(one.body),
        })
        const body = (await answer.json()) as Answer['body']
        const mark = markOf({ status: answer.status, body, text: JSON.stringify(body) } as Answer)
        expect([one.name, role, mark]).toEqual([one.name, role, rows[index]?.there[role]])
      }
    }
  } finally {
    server.close()
  }
})
