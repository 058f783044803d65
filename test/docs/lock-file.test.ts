/** `npm start` on a fresh clone leaves package-lock.json as it is, and the file names nobody's registry. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const names = z.record(z.string(), z.string())
const asked = z
  .object({ version: z.string(), scripts: names, dependencies: names, devDependencies: names })
  .parse(JSON.parse(read('package.json')))
const lock = z
  .object({ packages: z.record(z.string(), z.record(z.string(), z.unknown())) })
  .parse(JSON.parse(read('package-lock.json')))

it('says of this package what package.json says', () => {
  const { version, dependencies, devDependencies, scripts } = asked
  const hasInstallScript = 'postinstall' in scripts
  expect(lock.packages['']).toMatchObject({ version, dependencies, devDependencies, hasInstallScript })
})
it('locks each package that is asked for at the version that is asked for', () => {
  for (const [name, version] of Object.entries({ ...asked.dependencies, ...asked.devDependencies }))
    expect(lock.packages[`node_modules/${name}`]?.['version'], name).toBe(version)
})
it('names no address of a registry', () => {
  expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/registry/)
})
