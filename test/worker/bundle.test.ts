import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bundleWorkflows, casesKept } from '../../worker/host.ts'

it('is made once for one content, and then read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'segin-bundle-'))
  const made = await bundleWorkflows(folder)
  const files = await readdir(folder)
  expect(files).toEqual([expect.stringMatching(/^workflows-[0-9a-f]{20}\.js$/)])
  const path = join(folder, files[0]!)
  expect(await readFile(path, 'utf8')).toBe('code' in made ? made.code : null)
  await writeFile(path, 'kept')
  expect(await bundleWorkflows(folder)).toEqual({ code: 'kept' })
  await rm(folder, { recursive: true })
})

it('carries no schema library, which would cost every cached case ten times its memory', async () => {
  const bundle = await bundleWorkflows()
  expect('code' in bundle ? bundle.code : '').not.toMatch(/node_modules\/zod\//)
})

it('keeps as many cases as memory allows, some on a small machine and not all on a large one', () => {
  const gigabyte = 1024 ** 3
  expect([0.1, 1, 2, 4, 64].map((size) => casesKept(size * gigabyte))).toEqual([50, 298, 596, 1193, 2000])
})
