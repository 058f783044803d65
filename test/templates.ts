/** Databases that are made once a server, and copied for each test that asks: with procedures, and with people too. */

import postgres from 'postgres'
import { exampleStaff, firstRun, publish } from '../cli/start/first-run.ts'
import { drawSignIns, type SignIn } from '../cli/staff-file.ts'
import { connect, type Sql } from '../database/connect.ts'
import type { Country } from '../procedures/language/index.ts'
import { mali, PROCEDURES } from './mali.ts'
import { freshDatabase, MIGRATED, type TestDatabase } from './postgres.ts'

const PUBLISHED = 'segin_published'
const STAFFED = 'segin_staffed'
const MAKING_LOCK = 8

export interface Published {
  db: TestDatabase
  country: Country
}
export interface Staffed extends Published {
  signIns: SignIn[]
}

/** The procedures of Mali in a database without an installation. */
export async function publishedDatabase(server: string): Promise<Published> {
  const country = await makePublished(server)
  return { db: await freshDatabase(server, PUBLISHED), country }
}

/** A training installation on its first day. */
export async function staffedDatabase(server: string): Promise<Staffed> {
  const [country, signIns] = await Promise.all([makePublished(server), signInsOf()])
  await makeTemplate(server, STAFFED, PUBLISHED, (sql) => firstRun(sql, PROCEDURES, country, signIns))
  return { db: await freshDatabase(server, STAFFED), country, signIns }
}

async function makePublished(server: string): Promise<Country> {
  const country = await mali()
  await makeTemplate(server, PUBLISHED, MIGRATED, (sql) => publish(sql, country))
  return country
}

/** The secret follows from the login, so that every copy of the template knows it. */
const signInsOf = async (): Promise<SignIn[]> =>
  drawSignIns(await exampleStaff(PROCEDURES)).map((one) => ({ ...one, secret: `secret-of-${one.login}` }))

/** Does nothing where the server has it. It gets its name when it is whole. */
async function makeTemplate(
  server: string,
  name: string,
  from: string,
  fill: (sql: Sql) => Promise<unknown>,
): Promise<void> {
  const admin = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} })
  try {
    await admin`select pg_advisory_lock(${MAKING_LOCK})`
    const [known] = await admin`select 1 from pg_database where datname = ${name}`
    if (known) return
    const unfinished = `${name}_unfinished`
    await admin.unsafe(`drop database if exists ${unfinished} with (force)`)
    await admin.unsafe(`create database ${unfinished} template ${from}`)
    const sql = connect(`${server}/${unfinished}`)
    await fill(sql)
    await sql.end()
    await admin.unsafe(`alter database ${unfinished} rename to ${name}`)
  } finally {
    await admin.end()
  }
}
