/** Installations that are broken in one way each: the doctor says which, in words, and ends with 1. */

import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { NEWEST_ENGINE } from '../../cases/engines.ts'
import type { Found } from '../../cli/doctor/findings.ts'
import { doctor } from '../../cli/doctor/index.ts'
import { lookAtDisk } from '../../cli/doctor/look-at-machine.ts'
import { configuration } from '../../cli/configuration.ts'
import { inWords } from '../../cli/doctor/words.ts'
import { newCaseInput } from '../../activities/case-input.ts'
import { connect } from '../../database/connect.ts'
import { openCaseRow } from '../../database/ledger.ts'
import { startInstallation, type TestInstallation } from '../installation.ts'
import { freePort } from '../postgres.ts'
import { recordedCase } from '../recorded-case.ts'
import { type MailServer, startMailServer } from '../worker/mail-server.ts'
import { open } from '../workflows/acting.ts'
import { caseWorkflowId, TASK_QUEUE } from '../../workflows/messages.ts'
import { environmentOf } from '../workflows/worker-process.ts'
import { until } from './started.ts'

let here: TestInstallation
let told: Awaited<ReturnType<typeof environmentOf>>
let post: MailServer
let owner: ReturnType<typeof connect>
beforeAll(async () => {
  // The engine tells of a failing task after two tries instead of five.
  here = await startInstallation(inject('postgres'), [
    'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2',
  ])
  ;[told, post] = [await environmentOf(here), await startMailServer()]
  owner = connect(here.db.url, { as: 'owner', max: 1 })
  await here.work()
  await open(here)
})
afterAll(async () => {
  await owner.end()
  await post.stop()
  await told.end()
  await here.end()
})

/** As the command says it, with this environment over the sound one. */
async function asked(over: Record<string, string | undefined> = {}, args: string[] = ['--lang', 'en']) {
  const before = { ...process.env }
  Object.assign(process.env, { ...told.env, SEGIN_SMTP_URL: post.url })
  for (const [name, value] of Object.entries(over))
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  const said: string[] = []
  try {
    const code = await doctor(args, (line) => void said.push(line))
    return { code, said: said.join('\n') }
  } finally {
    process.env = before
  }
}
const asOwner = async (breaks: string, mends: string, expected: RegExp): Promise<void> => {
  await owner.unsafe(breaks)
  const { code, said } = await asked()
  await owner.unsafe(mends)
  expect(said).toMatch(expected)
  expect(code).toBe(1)
}

it('finds nothing in an installation that is well, in French unless asked otherwise', async () => {
  const english = await asked()
  expect(english.said).toContain('All is well.')
  expect(english.code).toBe(0)
  expect((await asked({}, [])).said).toContain('Tout va bien.')
  expect(JSON.parse((await asked({}, ['--json'])).said)).toMatchObject({ well: true })
})

describe('says what is away', () => {
  it('settings', async () => {
    const { code, said } = await asked({ SEGIN_KEYS: undefined })
    expect(said).toContain('SEGIN_KEYS')
    expect(code).toBe(1)
  })
  it('the database, and that cases were not looked at', async () => {
    const { code, said } = await asked({
      SEGIN_DATABASE_URL: `postgres://x:secret@127.0.0.1:${await freePort()}/segin`,
    })
    expect(said).toMatch(/✗ Database\n.*does not answer at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/)
    expect(said).toMatch(/– Cases \(not looked at/)
    expect(said).not.toContain('secret')
    expect(code).toBe(1)
  })
  it('the engine', async () => {
    const { said, code } = await asked({ TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` })
    expect(said).toMatch(/✗ Engine\n.*does not answer/)
    expect(code).toBe(1)
  })
  it('the namespace', async () => {
    expect((await asked({ TEMPORAL_NAMESPACE: 'nowhere' })).said).toContain('no namespace “nowhere”')
  })
  it('the mail server', async () => {
    expect((await asked({ SEGIN_SMTP_URL: `smtp://127.0.0.1:${await freePort()}` })).said).toMatch(
      /✗ Mail\n.*ECONNREFUSED/,
    )
  })
})

describe('says what is wrong with the keys', () => {
  const withKeys = async (change: (folder: string) => Promise<unknown>) => {
    const folder = await mkdtemp(join(tmpdir(), 'segin-keys-'))
    await cp(told.env['SEGIN_KEYS'] ?? '', folder, { recursive: true })
    await change(folder)
    const answer = await asked({ SEGIN_KEYS: folder })
    await rm(folder, { recursive: true })
    expect(answer.code).toBe(1)
    return answer.said
  }
  const ring = JSON.stringify({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } })
  it('lost', async () => {
    expect(await withKeys((folder) => rm(join(folder, 'codec.json')))).toContain('codec.json is missing')
  })
  it('open to others', async () => {
    expect(await withKeys((folder) => chmod(join(folder, 'master.json'), 0o644))).toContain('can be read by others')
  })
  it('no keys at all', async () => {
    expect(await withKeys((folder) => writeFile(join(folder, 'master.json'), '{}'))).toContain('is no key ring')
  })
  it('of another installation', async () => {
    const codec = ring.replaceAll('k1', 'c1')
    expect(await withKeys((folder) => writeFile(join(folder, 'codec.json'), codec))).toContain(
      'codec key does not open',
    )
    expect(await withKeys((folder) => writeFile(join(folder, 'master.json'), ring))).toContain(
      'master key does not open',
    )
  })
  it('beside the data of a service', async () => {
    await owner`update installation set kind = 'service'`
    const { said } = await asked({ SEGIN_DATA: join(told.env['SEGIN_KEYS'] ?? '', '..') })
    await owner`update installation set kind = 'training'`
    expect(said).toContain('beside the data')
  })
})

describe('says what is wrong with the database', () => {
  it('migrations that it lacks', async () => {
    const last = `(select max(name) from schema_migrations)`
    await owner.unsafe(`create table kept as select * from schema_migrations where name = ${last}`)
    await asOwner(
      `delete from schema_migrations where name = ${last}`,
      `insert into schema_migrations select * from kept; drop table kept`,
      /lacks 1 migrations/,
    )
  })
  it('migrations of a newer release', () =>
    asOwner(
      `insert into schema_migrations (name, sha256) values ('9999_later.sql', 'x')`,
      `delete from schema_migrations where name = '9999_later.sql'`,
      /newer release: 9999_later\.sql/,
    ))
  it('no installation in it', async () => {
    await owner`create table kept as select * from installation`
    await asOwner(
      `delete from installation`,
      `insert into installation select * from kept; drop table kept`,
      /no installation/,
    )
  })
  it('a calendar that ends before the longest deadlines do', async () => {
    const ends = (days: string) =>
      `update settings set content = jsonb_set(content, '{calendar,daysOff}', ${days})
        where version = (select max(version) from settings)`
    await owner`create table kept as select content #> '{calendar,daysOff}' as days from settings order by version desc limit 1`
    const next = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const mends = ends('(select days from kept)')
    // A region that closes in two years says nothing of the country's feasts.
    const regional = `{"date": "2099-01-01", "place": "ml-gao"}`
    await asOwner(ends(`'[{"date": "${next}"}, ${regional}]'`), mends, /knows no day off after .*: deadlines of a year/)
    await asOwner(ends(`'[]'`), `${mends}; drop table kept`, /knows no day off: feasts count/)
  })
  it('nothing in it', async () => {
    const url = new URL(here.db.url)
    url.pathname = '/postgres'
    expect((await asked({ SEGIN_DATABASE_URL: url.href })).said).toMatch(/is empty|does not answer/)
  })
})

describe('says what is wrong with cases and workers', () => {
  it('workers older than a case', () =>
    asOwner(
      `update cases set engine = 99`,
      `update cases set engine = ${NEWEST_ENGINE}`,
      new RegExp(`knows engine ${NEWEST_ENGINE}, cases need 99`),
    ))
  it('an engine that could be raised', () =>
    asOwner(
      `update installation set engine = 1`,
      `update installation set engine = ${NEWEST_ENGINE}`,
      new RegExp(`New cases get engine 1; all workers know ${NEWEST_ENGINE}`),
    ))
  it('a stopped recorder, a sleeping case, parked and late mail, an unheld role', async () => {
    const [one] = await owner<[{ caseId: string; number: string; nextWake: Date }]>`
      select case_id, number, next_wake from cases limit 1`
    await owner`update cases set stopped = 'gap', next_wake = now() - interval '1 hour'`
    await owner`insert into outbox (key, case_id, item, notice, role, place, due, restricted, state, problem, added, next_try)
      values ('parked', ${one.caseId}, 'x.y.1', 'due', 'medic', 'ml', now(), false, 'parked', 'smtp 550', now(), now()),
        ('late', ${one.caseId}, 'x.y.1', 'due', 'medic', 'ml', now(), false, 'pending', null,
          now() - interval '1 hour', now() + interval '1 hour')`
    await owner`insert into staffing_holes (role, place, since) values ('medic', 'ml-gao', now())`
    const { code, said } = await asked()
    await owner`update cases set stopped = null, next_wake = ${one.nextWake}`
    await owner`delete from outbox where key in ('parked', 'late')`
    await owner`delete from staffing_holes`
    expect(code).toBe(1)
    expect(said).toContain(`Recording of the case has stopped (${one.number}, gap`)
    expect(said).toMatch(/slept past its deadline/)
    expect(said).toMatch(/Mail is set aside \(smtp 550, 1/)
    expect(said).toMatch(/1 mails wait, the oldest for 60 minutes/)
    expect(said).toMatch(/Nobody holds this role \(medic, ml-gao/)
    expect(said).toContain('5 points need a hand')
  })
  it('open cases without a workflow', async () => {
    await recordedCase({ sql: here.db.sql, ring: here.db.ring, temporal: here.temporal })
    await until(async () => (await asked()).said.includes('1 open cases have nothing that runs in the engine'))
  })
  it('a workflow whose tasks fail again and again', async () => {
    const caseId = randomUUID()
    const tools = { sql: here.db.sql, ring: here.db.ring, temporal: here.temporal }
    await openCaseRow(here.db.sql, here.db.ring, { caseId, number: '26-0000-001', subject: 'case', arrival: null })
    const args = [{ ...(await newCaseInput(tools, caseId)), engine: 99 }]
    await here.temporal.workflow.start('caseWorkflow', {
      workflowId: caseWorkflowId(caseId),
      taskQueue: TASK_QUEUE,
      args,
    })
    await until(
      async () => (await asked()).said.includes('The engine fails on this case again and again (26-0000-001)'),
      60_000,
    )
  })
})

it('says when the disk is nearly full', async () => {
  const settings = configuration({ ...told.env, SEGIN_DATA: tmpdir() })
  expect(await lookAtDisk(settings, 0)).toEqual([])
  expect(await lookAtDisk(settings, 1e12)).toMatchObject([{ code: 'disk_full', folder: tmpdir() }])
})

it('has words and a remedy for everything, in both languages', async () => {
  const one = await readFile('cli/doctor/findings.ts', 'utf8')
  const codes = [...one.matchAll(/'([a-z]+_[a-z_]+|configuration)'/g)].map(([, code]) => code ?? '')
  const detail = {
    detail: 'something',
    file: 'x',
    folder: 'x',
    at: 'x',
    why: 'x',
    missing: 1,
    unknown: ['x'],
    seconds: 1,
    count: 1,
    last: '2028-12-25',
  }
  expect(codes.length).toBeGreaterThan(15)
  for (const code of codes)
    for (const language of ['fr', 'en'] as const) {
      const said = inWords({ code, ...detail } as unknown as Found, language)
      expect(
        said.every((text) => text.length > 5),
        code,
      ).toBe(true)
    }
})
