/** `npm run fuzz [-- --examples 3 --seed 1 --roles medic,finance]`: the whole API, asked nonsense by every role, from its own description. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startInstallation } from '../chaos/installation.ts'
import { askersOf } from './askers.ts'
import { makeGround } from './ground.ts'
import { linkDocument } from './link-document.ts'
import { type Heard, listenBefore } from './listener.ts'
import { fuzz } from './schemathesis.ts'
import { settingsFor } from './settings.ts'
import { mali } from '../../test/mali.ts'

/** Every limit of every member is tried by one asker in so many: of each operation by several, and none takes twice as long. */
const TURNS = 9
/** Of what an asker should not have heard. */
const SHOWN = 20

const { values } = parseArgs({
  options: {
    examples: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    roles: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
})
const HELP = `npm run fuzz [-- --examples 3 --seed 1 --roles medic,finance]
every role of the country, somebody without a token and a partner, unless some are named; examples for each operation`
if (values.help) console.log(HELP)
else process.exitCode = await fuzzAll(values.examples, Number(values.seed), values.roles.split(',').filter(Boolean))

interface Line extends Heard {
  name: string
  outside: number
}

async function fuzzAll(examples: string, seed: number, named: string[]): Promise<number> {
  const here = await startInstallation()
  const folder = await mkdtemp(join(tmpdir(), 'segin-fuzz-'))
  const listener = await listenBefore(here.base)
  const lines: Line[] = []
  try {
    const ground = await makeGround(here.folder)
    const askers = await askersOf(here.base, await mali(), here.signIns, ground)
    const chosen = askers.filter(({ name }) => named.length === 0 || named.includes(name))
    if (chosen.length === 0) throw new Error(`nobody is called ${named.join(', ')}`)
    const [settings, link] = [join(folder, 'schemathesis.toml'), join(folder, 'link.json')]
    const operations = await operationsOf(here.base)
    await writeFile(link, JSON.stringify(await linkDocument(here.base, ground.link)))
    const documents = { api: `${here.base}/api/v1/openapi.json`, link }
    for (const [index, { name, headers, door, hidden }] of chosen.entries()) {
      const heard = listener.attend(hidden)
      const began = Date.now()
      const spared = operations.filter((_, at) => at % TURNS !== index % TURNS)
      await writeFile(settings, settingsFor(ground.existing, spared))
      const asked = { document: documents[door], base: listener.base, settings, headers, folder }
      const found = await fuzz({ ...asked, seed: seed + index, examples })
      const line = { ...heard, name, outside: found.outside }
      lines.push(line)
      const good = found.complete && faults(line) === 0
      if (!good) console.log(found.said, heard.leaks.slice(0, SHOWN).join('\n'))
      console.log(`${rowOf(line)}   ${Math.round((Date.now() - began) / 1000)} s`)
      if (!found.complete) throw new Error(`the fuzzer did not end for ${name}`)
    }
  } finally {
    listener.end()
    await here.end()
    await rm(folder, { recursive: true, force: true })
  }
  tell(lines)
  return lines.every((line) => faults(line) === 0) ? 0 : 1
}

async function operationsOf(base: string): Promise<string[]> {
  const { paths } = (await (await fetch(`${base}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  return Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
}

function faults({ failed, outside, leaks }: Line): number {
  return failed + outside + leaks.length
}
function cells(name: string, ...figures: (number | string)[]): string {
  return [name.padEnd(24), ...figures.map((one) => String(one).padStart(10))].join('')
}
function rowOf({ name, requests, done, failed, outside, leaks }: Line): string {
  return cells(name, requests, done, failed, outside, leaks.length)
}

function tell(lines: Line[]): void {
  const all: Line = { name: 'all', requests: 0, done: 0, failed: 0, outside: 0, leaks: [] }
  for (const { requests, done, failed, outside, leaks } of lines) {
    all.requests += requests
    all.done += done
    all.failed += failed
    all.outside += outside
    all.leaks.push(...leaks)
  }
  console.log(`\n${cells('role', 'requests', '2xx', '5xx', 'outside', 'leaks')}`)
  for (const line of [...lines, all]) console.log(rowOf(line))
}
