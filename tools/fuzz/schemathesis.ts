/** The fuzzer: installed once, apart from the packages of the machine; run for one asker, and read what it found. */

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'

const SCHEMATHESIS = 'schemathesis==4.32.5'
const PROGRAMS = resolve(import.meta.dirname, '../../.data/bin/fuzz')
/** Moving the date by centuries asks every case to live through them: the one thing that nonsense may not do here. */
const LEFT_OUT = ['advanceDate']
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
]

export interface Fuzzed {
  /** A file, or an address. */
  document: string
  base: string
  settings: string
  headers: Record<string, string>
  seed: number
  examples: string
  /** Where the fuzzer leaves what it makes. */
  folder: string
}
export interface Found {
  /** Answers that are not as the document says, other than 5xx. */
  outside: number
  /** What the fuzzer said; shown when it found something. */
  said: string
  /** It came to its end. */
  complete: boolean
}
interface Report {
  complete: boolean
  failures: { type: string; count: number }[]
  errors: unknown[]
}

export async function fuzz(fuzzed: Fuzzed): Promise<Found> {
  const { document, base, settings, headers, seed, examples, folder } = fuzzed
  const report = join(folder, 'report.json')
  const args = [
    `--config-file=${settings}`,
    '--no-color',
    'run',
    document,
    `--url=${base}`,
    ...Object.entries(headers).map(([name, value]) => `--header=${name}: ${value}`),
    `--seed=${seed}`,
    `--max-examples=${examples}`,
    '--phases=coverage,fuzzing',
    `--checks=${CHECKS.join(',')}`,
    '--continue-on-failure',
    '--warnings=off',
    '--report=json',
    `--report-json-path=${report}`,
    ...LEFT_OUT.map((name) => `--exclude-operation-id=${name}`),
  ]
  const child = spawn(await installed(), args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const { failures, errors, complete } = JSON.parse(await readFile(report, 'utf8')) as Report
  const outside = failures.filter(({ type }) => type !== 'ServerError').reduce((sum, { count }) => sum + count, 0)
  return { outside, said, complete: complete && errors.length === 0 }
}

async function installed(): Promise<string> {
  const program = join(PROGRAMS, 'bin', 'schemathesis')
  const there = await access(program).then(
    () => true,
    () => false,
  )
  if (there) return program
  console.log(`Installing ${SCHEMATHESIS} (once)…`)
  await promisify(execFile)('python3', ['-m', 'venv', PROGRAMS])
  await promisify(execFile)(join(PROGRAMS, 'bin', 'pip'), ['install', '--quiet', SCHEMATHESIS])
  return program
}
