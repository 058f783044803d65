/** `npm run client:types`: client/api.d.ts, the types of the API, made anew from docs/openapi.json. */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { described } from './described.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** Of its own, apart from the project: the generator reads TypeScript 5. */
const GENERATOR = ['-y', '-p', 'typescript@5.9.3', '-p', 'openapi-typescript@7.13.0', 'openapi-typescript']

const { document, digest } = described(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'segin-types-'))
try {
  writeFileSync(join(folder, 'openapi.json'), document)
  execFileSync('npx', [...GENERATOR, 'openapi.json', '-o', 'api.d.ts'], { cwd: folder, stdio: 'ignore' })
  const types = readFileSync(join(folder, 'api.d.ts'), 'utf8')
  writeFileSync(
    join(ROOT, 'client/api.d.ts'),
    `// Made by npm run client:types of docs/openapi.json ${digest}\n${types}`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
