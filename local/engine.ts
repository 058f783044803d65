/** The engine of an installation: a server that already runs, or a development server on a file of ours. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { BinaryNotFound, findBinary, TEMPORAL_CLI } from './temporal-binary.ts'
import type { ChildPlan } from './children.ts'
import { type DataFolder, listens, type Remembered } from './data-folder.ts'

const run = promisify(execFile)

/** A case whose worker died again and again in the midst of a task is tried again after this long, not after ten minutes. */
const LOST_TASK = ['--dynamic-config-value', 'history.workflowTaskRetryMaxInterval="30s"']

export interface Engine {
  address: string
  /** `outside`, or the version of the server that writes our file. */
  version: string
  /** null when somebody else keeps it running. */
  child: ChildPlan | null
}
export async function planEngine(
  folder: DataFolder,
  { ports }: Remembered,
  binaries: string,
  say: (line: string) => void,
): Promise<Engine> {
  const outside = process.env['TEMPORAL_ADDRESS']
  return outside === undefined || outside === '' ? ownEngine(folder, ports, binaries, say) : outsideEngine(outside, say)
}

async function outsideEngine(address: string, say: (line: string) => void): Promise<Engine> {
  const { hostname, port } = new URL(`tcp://${address}`)
  if (!(await listens(Number(port), hostname))) {
    throw new BinaryNotFound(`TEMPORAL_ADDRESS is ${address}, and nothing answers there. Correct it or unset it.`)
  }
  say(`engine: the server at ${address} (TEMPORAL_ADDRESS)`)
  return { address, version: 'outside', child: null }
}

async function ownEngine(
  folder: DataFolder,
  ports: Remembered['ports'],
  binaries: string,
  say: (line: string) => void,
): Promise<Engine> {
  const { path, from } = await findBinary(TEMPORAL_CLI, binaries, say)
  const { stdout } = await run(path, ['--version'])
  const version = /version (\S+)/.exec(stdout)?.[1] ?? 'unknown'
  say(`engine: Temporal ${version}, ${path} (${from})`)
  const journal = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL']
  const file = ['--db-filename', folder.in(`engine-${version}.db`)]
  const network = [
    '--ip',
    '127.0.0.1',
    '--port',
    String(ports.temporal),
    '--metrics-port',
    String(ports.temporal_metrics),
  ]
  return {
    address: `127.0.0.1:${ports.temporal}`,
    version,
    child: {
      name: 'engine',
      command: path,
      args: [
        'server',
        'start-dev',
        '--headless',
        ...network,
        ...file,
        ...journal,
        ...LOST_TASK,
        '--log-level',
        'error',
      ],
      env: {},
      ready: () => listens(ports.temporal),
      patienceMs: 30_000,
    },
  }
}
