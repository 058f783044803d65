import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { run } from './started.ts'

const NAME = `segin_${randomBytes(4).toString('hex')}`
const STAFF = resolve(import.meta.dirname, '../../procedures/ml/staff.example.yaml')
const admin = postgres(`${inject('postgres')}/postgres`, { max: 1, onnotice: () => {} })
let home: string
let env: Record<string, string>

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'segin-install-'))
  await admin.unsafe(`create database ${NAME}`)
  const url = new URL(`${inject('postgres')}/${NAME}`)
  url.username = NAME
  url.password = "it's secret"
  env = {
    SEGIN_OWNER_DATABASE_URL: `${inject('postgres')}/${NAME}`,
    SEGIN_DATABASE_URL: url.href,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    SEGIN_KEYS: join(home, 'keys'),
    SEGIN_DATA: join(home, 'data'),
  }
})
afterAll(async () => {
  await admin.unsafe(`drop database if exists ${NAME} with (force)`)
  await admin.unsafe(`drop role if exists ${NAME}`)
  await admin.end()
  await rm(home, { recursive: true })
})
const answered = async (
  args: string[],
  over: Record<string, string> = {},
): Promise<{ code: number | null; said: string }> => {
  const one = run(args, { ...env, ...over })
  return { code: await one.ended(), said: one.said() }
}

describe('an installation in service', () => {
  it('has keys that are made once and never overwritten', async () => {
    expect((await answered(['keys', env['SEGIN_KEYS']!])).code).toBe(0)
    const before = await readFile(join(home, 'keys', 'codec.json'), 'utf8')
    expect((await answered(['keys', env['SEGIN_KEYS']!])).said).toContain('kept as it is')
    expect(await readFile(join(home, 'keys', 'codec.json'), 'utf8')).toBe(before)
  })

  it('is made on purpose, once by two installers at once: not without its kind, nor with its keys beside its data', async () => {
    expect((await answered(['install'])).said).toContain('needs --kind')
    const options = ['install', '--kind', 'service', '--staff', STAFF, '--sign-ins', join(home, 'sign-ins.json')]
    const beside = await answered(options, { SEGIN_DATA: home })
    expect(beside).toMatchObject({ code: 1, said: expect.stringContaining('keeps its keys apart') })
    const both = await Promise.all([answered(options), answered([...options.slice(0, -1), join(home, 'second.json')])])
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    const [made, found] = both.toSorted(
      (a, b) => Number(a.said.includes('up to date')) - Number(b.said.includes('up to date')),
    )
    expect(made?.said).toContain('a service installation with')
    expect(found?.said).toContain('this is a service installation; it is up to date')
    const files = await Promise.all(
      ['sign-ins.json', 'second.json'].map((name) => stat(join(home, name)).catch(() => null)),
    )
    expect(files.flatMap((file) => (file === null ? [] : [file.mode & 0o077]))).toEqual([0])
  })

  it('stays what it is when it is brought up to date', async () => {
    const asked = (kind: string) =>
      answered(['install', '--kind', kind, '--staff', STAFF, '--sign-ins', join(home, 'other.json')])
    const again = await asked('service')
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining('this is a service installation') })
    const turned = await asked('training')
    expect(turned).toMatchObject({ code: 1, said: expect.stringContaining('never becomes a training one') })
    await expect(stat(join(home, 'other.json'))).rejects.toThrow()
  })

  it('takes people who come later, and gives a restricted role only where nobody could sign for it', async () => {
    const later = join(home, 'later.yaml')
    const person = (login: string, role: string) =>
      `  - { login: ${login}, name: X, email: ${login}@segin.example, holds: [{ role: ${role}, place: ml-kayes }] }`
    const sql = postgres(env['SEGIN_OWNER_DATABASE_URL']!, { max: 1, onnotice: () => {} })
    await sql`update holdings set until = '2020-01-01' where role in ('complaints_officer', 'outside_contact')`
    const people = [
      person('new.medic', 'medic'),
      person('new.focal', 'trafficking_focal'),
      person('first.complaints', 'complaints_officer'),
    ]
    await writeFile(later, ['staff:', ...people].join('\n'))
    const added = await answered(['install', '--staff', later, '--sign-ins', join(home, 'later.json')])
    expect(added).toMatchObject({ code: 0, said: expect.stringContaining('3 people more') })
    expect(added.said).toContain('new.focal is not given trafficking_focal at ml-kayes')
    const held = await sql`select u.login, h.role from users u left join holdings h on h.user_id = u.id
      where u.login like 'new.%' or u.login like 'first.%' order by 1`
    expect(held.map((row) => `${row['login']} ${row['role']}`)).toEqual([
      'first.complaints complaints_officer',
      'new.focal null',
      'new.medic medic',
    ])
    await sql.end()
    expect((await stat(join(home, 'later.json'))).mode & 0o077).toBe(0)
  })

  it('lets the application in, which cannot rewrite the ledger', async () => {
    const sql = postgres(env['SEGIN_DATABASE_URL']!, { max: 1, onnotice: () => {} })
    expect(await sql`select kind from installation`).toEqual([{ kind: 'service' }])
    await expect(sql`delete from case_events`).rejects.toThrow('permission denied')
    await sql.end()
  })

  it('has no API and no worker without the codec keys that it was made with', async () => {
    await answered(['keys', join(home, 'others')])
    for (const name of ['api', 'worker']) {
      const refused = await answered([name], { SEGIN_KEYS: join(home, 'others') })
      expect(refused).toMatchObject({
        code: 1,
        said: expect.stringContaining('do not open what this installation has sealed'),
      })
    }
  })
})
