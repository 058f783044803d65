/** `npm run fuzz [-- --examples 20 --seed 1 --people awa.keita,ibrahim.toure]`: the whole API, asked nonsense by every role, from its own description. */

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { Dice } from '../../cli/simulate/dice.ts'
import { ask } from '../chaos/insist.ts'
import { startInstallation } from '../chaos/installation.ts'
import { People } from '../chaos/people.ts'
import { type FuzzedCase, settingsFor } from './settings.ts'

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

const { values } = parseArgs({
  options: {
    examples: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    people: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
})
const HELP = `npm run fuzz [-- --examples 20 --seed 1 --people awa.keita,ibrahim.toure]
about a minute for each role and 20 examples; everybody, unless some are named`
if (values.help) console.log(HELP)
else process.exitCode = await fuzz(values.examples, values.seed, values.people.split(',').filter(Boolean))

async function fuzz(examples: string, seed: string, named: string[]): Promise<number> {
  const program = await installed()
  const here = await startInstallation()
  const folder = await mkdtemp(join(tmpdir(), 'segin-fuzz-'))
  let failed = 0
  try {
    const people = new People(here)
    await people.signIn()
    const number = (await people.openCase(new Dice(Number(seed)))) ?? ''
    const known = await caseOf(people, number)
    const hands = people.everybody.filter(({ login }) => named.length === 0 || named.includes(login))
    if (hands.length === 0) throw new Error(`nobody is called ${named.join(', ')}`)
    for (const hand of hands) {
      const settings = join(folder, 'schemathesis.toml')
      await writeFile(settings, settingsFor(known))
      const code = await run(
        program,
        [
          `--config-file=${settings}`,
          'run',
          `${here.base}/api/v1/openapi.json`,
          `--header=Authorization: Bearer ${hand.token}`,
          `--seed=${seed}`,
          `--max-examples=${examples}`,
          '--phases=coverage,fuzzing',
          `--checks=${CHECKS.join(',')}`,
          '--continue-on-failure',
          '--warnings=off',
          ...LEFT_OUT.map((name) => `--exclude-operation-id=${name}`),
        ],
        folder,
      )
      console.log(`${hand.login}: ${code === 0 ? 'nothing found' : 'found something'}\n`)
      if (code !== 0) failed += 1
    }
  } finally {
    await here.end()
    await rm(folder, { recursive: true, force: true })
  }
  return failed === 0 ? 0 : 1
}

async function caseOf({ desk }: People, number: string): Promise<FuzzedCase> {
  const { body } = await ask(desk, `/api/v1/cases/${number}`)
  const [step] = body['open_steps'] as { id: string }[]
  return { number, item: step?.id ?? '' }
}

/** Once, apart from the packages of the machine. */
async function installed(): Promise<string> {
  const program = join(PROGRAMS, 'bin', 'schemathesis')
  if (
    await access(program).then(
      () => true,
      () => false,
    )
  )
    return program
  console.log(`Installing ${SCHEMATHESIS} (once)…`)
  await promisify(execFile)('python3', ['-m', 'venv', PROGRAMS])
  await promisify(execFile)(join(PROGRAMS, 'bin', 'pip'), ['install', '--quiet', SCHEMATHESIS])
  return program
}

async function run(program: string, args: string[], cwd: string): Promise<number> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}
