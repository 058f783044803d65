import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Configuration, configuration, readRing, refuseKeysBesideData } from '../../cli/configuration.ts'

const least = {
  SEGIN_DATABASE_URL: 'postgres://segin:secret@127.0.0.1/segin',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  SEGIN_KEYS: '/etc/segin/keys',
}

it('needs a database, an engine and keys, and names every one that is missing', () => {
  expect(configuration(least)).toMatchObject({ ...least, SEGIN_HOST: '127.0.0.1', SEGIN_PORT: 7777 })
  const complaint = (): Configuration => configuration({})
  for (const name of Object.keys(least)) expect(complaint).toThrow(name)
})

it('never says a value that is wrong, which may be a secret', () => {
  const wrong = { ...least, SEGIN_DATABASE_URL: 'hunter2' }
  expect(() => configuration(wrong)).toThrow('SEGIN_DATABASE_URL')
  expect(() => configuration(wrong)).not.toThrow('hunter2')
})

it('refuses keys that others can read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'segin-keys-'))
  const ring = JSON.stringify({ current: 'a', keys: { a: Buffer.alloc(32, 1).toString('base64') } })
  await writeFile(join(folder, 'codec.json'), ring, { mode: 0o600 })
  await writeFile(join(folder, 'master.json'), ring, { mode: 0o644 })
  expect((await readRing(folder, 'codec')).keys['a']).toHaveLength(32)
  await expect(readRing(folder, 'master')).rejects.toThrow('chmod 600')
  await rm(folder, { recursive: true })
})

it('refuses, in service only, keys that lie beside the data', () => {
  const settings = (keys: string): Configuration =>
    configuration({ ...least, SEGIN_KEYS: keys, SEGIN_DATA: '/srv/segin' })
  expect(() => refuseKeysBesideData('service', settings('/srv/segin/keys'))).toThrow('keeps its keys apart')
  expect(() => refuseKeysBesideData('training', settings('/srv/segin/keys'))).not.toThrow()
  expect(() => refuseKeysBesideData('service', settings('/srv/segin-keys'))).not.toThrow()
  expect(() => refuseKeysBesideData('service', settings('/srv'))).toThrow('keeps its keys apart')
  expect(() => refuseKeysBesideData('service', configuration(least))).toThrow('SEGIN_DATA is missing')
})

it('is not deceived by a link that leads to the keys beside the data', async () => {
  const home = await mkdtemp(join(tmpdir(), 'segin-beside-'))
  await mkdir(join(home, 'data', 'keys'), { recursive: true })
  await symlink(join(home, 'data', 'keys'), join(home, 'apart'))
  const settings = configuration({ ...least, SEGIN_KEYS: join(home, 'apart'), SEGIN_DATA: join(home, 'data') })
  expect(() => refuseKeysBesideData('service', settings)).toThrow('keeps its keys apart')
  await rm(home, { recursive: true })
})
