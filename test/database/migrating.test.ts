import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { connect, type Sql } from '../../database/connect.ts'
import { migrate, migrationsBeside } from '../../database/migrate.ts'

const NAME = `segin_empty_${randomBytes(5).toString('hex')}`
const server = inject('postgres')
const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} })
const installers: Sql[] = []

beforeAll(async () => {
  await admin.unsafe(`create database ${NAME}`)
  for (let one = 0; one < 3; one++) installers.push(connect(`${server}/${NAME}`, { as: 'owner', max: 1 }))
})
afterAll(async () => {
  await Promise.all(installers.map((one) => one.end()))
  await admin.unsafe(`drop database if exists ${NAME} with (force)`)
  await admin.end()
})

it('is migrated once by three installers at the same time, and all of them succeed', async () => {
  const applied = await Promise.all(installers.map((one) => migrate(one)))
  const all = applied.flat().toSorted()
  expect(new Set(all).size).toBe(all.length)
  expect(all.length).toBeGreaterThan(20)
  expect(await migrationsBeside(installers[0]!)).toEqual({ pending: [], unknown: [] })
})
