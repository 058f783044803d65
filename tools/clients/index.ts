/** `npm run clients`: two common generators make clients of docs/openapi.json; each compiles and completes a step. */

import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { SignIn } from '../../cli/start/first-run.ts'
import { remembered, run } from '../../test/cli/started.ts'
import { freePort } from '../../test/postgres.ts'

const HERE = import.meta.dirname
const DOCUMENT = resolve(HERE, '../../docs/openapi.json')
const USER = 'boubacar.dembele'
/** Of their own, apart from the project: the generator reads TypeScript 5, and needs nothing of ours. */
const TYPESCRIPT = ['-y', '-p', 'typescript@5.9.3', '-p', '@hey-api/openapi-ts@0.99.0', '-p', '@types/node@20.19.43']
const PYTHON = ['openapi-python-client==0.29.1', 'mypy==1.18.2']

const said = (program: string, args: string[], cwd: string): string =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

async function typescript(folder: string, given: string[]): Promise<string> {
  await cp(join(HERE, 'step.ts.txt'), join(folder, 'step.ts'))
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}')
  const strict = '--strict --target es2022 --module commonjs --moduleResolution node10 --lib es2023,dom,dom.iterable'
  said('npx', [...TYPESCRIPT, 'openapi-ts', '-i', DOCUMENT, '-o', 'generated', '-c', '@hey-api/client-fetch'], folder)
  said('npm', ['install', '--silent', '--no-audit', '--no-fund', '@types/node@20.19.43'], folder)
  said('npx', [...TYPESCRIPT, 'tsc', ...strict.split(' '), '--outDir', 'built', 'step.ts'], folder)
  return said('node', ['built/step.js', ...given], folder)
}

async function python(folder: string, given: string[]): Promise<string> {
  await cp(join(HERE, 'step.py'), join(folder, 'step.py'))
  said('python3', ['-m', 'venv', 'python'], folder)
  said('python/bin/pip', ['install', '--quiet', '--disable-pip-version-check', ...PYTHON], folder)
  said(
    'python/bin/openapi-python-client',
    ['generate', '--path', DOCUMENT, '--output-path', 'generated', '--meta', 'none'],
    folder,
  )
  said('python/bin/mypy', ['--ignore-missing-imports', 'generated'], folder)
  return said('python/bin/python', ['step.py', ...given], folder)
}

const folder = await mkdtemp(join(tmpdir(), 'segin-clients-'))
const installation = run(['start', '--data-dir', join(folder, 'data'), '--port', String(await freePort())])
try {
  await installation.says('To try:')
  const { ports } = await remembered(join(folder, 'data'))
  const signIns = JSON.parse(await readFile(join(folder, 'data', 'sign-ins.json'), 'utf8')) as SignIn[]
  const secret = signIns.find((one) => one.login === USER)?.secret ?? ''
  const given = [`http://127.0.0.1:${ports.api}`, USER, secret]
  for (const [name, make] of Object.entries({ typescript, python })) {
    const place = await mkdtemp(join(folder, `${name}-`))
    console.log(`${name.padEnd(11)}${await make(place, given)}`)
  }
} finally {
  installation.child.kill('SIGTERM')
  await installation.ended()
  await rm(folder, { recursive: true, force: true })
}
