import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { journey } from '../../cli/journey/index.ts'
import { run, type Started } from '../cli/started.ts'
import { freePort } from '../postgres.ts'

let folder: string
let installation: Started
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segin-journey-'))
  installation = run(['start', '--data-dir', folder, '--port', String(await freePort())])
  await installation.says('To try:')
})
afterAll(async () => {
  installation.child.kill('SIGTERM')
  await installation.ended()
  await rm(folder, { recursive: true, force: true })
})

it('tells one return from the airport to the last visit, and every expectation holds', async () => {
  const told: string[] = []
  const code = await journey(['--data-dir', folder], (line) => told.push(line))
  expect(told.filter((line) => line.includes('✗'))).toEqual([])
  expect(code).toBe(0)
}, 240_000)
